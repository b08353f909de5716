"""What `from course import check, progress` gives to a program that is judged: nothing happens."""


def check(exercise_id: str) -> None:
    """Do nothing."""


def progress() -> None:
    """Do nothing."""
