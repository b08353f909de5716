from dataclasses import dataclass


@dataclass(frozen=True)
class Stay:
    """What a call leaves behind, in bytes for each call."""

    litter: int  # until the garbage collector runs
    leaked: int  # for good
