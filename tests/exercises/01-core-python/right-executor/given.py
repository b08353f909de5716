from dataclasses import dataclass


@dataclass(frozen=True)
class Advice:
    executor: str  # "threads", "processes" or "caller"
    reason: str
