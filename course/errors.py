"""The one error that is shown to people as it is."""


class CourseError(Exception):
    """Say what happened, with which value, and what to do; shown without a traceback."""
