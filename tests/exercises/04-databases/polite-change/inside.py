"""What the checks of databases.polite-change arrange beside the answer: the name of what was raised."""

import answer


def change(url, statement, patience, attempts, pause):
    """Make a change; return the attempts that it took, or the name of the error."""
    try:
        return answer.change(url, statement, patience, attempts, pause)
    except Exception as error:
        return type(error).__name__
