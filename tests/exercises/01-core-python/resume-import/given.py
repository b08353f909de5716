class Busy(Exception):
    """The database took nothing of the batch; a smaller one may fit."""
