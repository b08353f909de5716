"""Run the gradebook's migrations on the connection that course.database hands over."""

from alembic import context

from course.grading.tables import Base

context.configure(
    connection=context.config.attributes["connection"], target_metadata=Base.metadata, render_as_batch=True
)
context.run_migrations()
