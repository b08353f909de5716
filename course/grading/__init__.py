"""Grade a class: submissions, assignments, the gradebook."""
