from typing import Any


class Conflict(Exception):
    """All attempts were lost to other editors."""

    def __init__(self, last: dict[str, Any]) -> None:
        super().__init__("edited by somebody else")
        self.last = last
