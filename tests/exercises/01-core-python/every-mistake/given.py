"""A gate as the service starts with it, and the file of an evening."""

from dataclasses import dataclass
from datetime import time


@dataclass(frozen=True, kw_only=True)
class Gate:
    id: str
    limit: int  # people an hour
    opens: time


EVENING = """
hall = "Nordhalle"

[[gate]]
id = "G7"
limit = 400
opens = 18:30:00

[[gate]]
id = "G8"
limit = "600"
opens = 18:30:00

[[gate]]
id = "G9"
limt = 250
opens = 19:00:00
"""
