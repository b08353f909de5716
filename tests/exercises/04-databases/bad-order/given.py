from dataclasses import dataclass


@dataclass(frozen=True)
class Till:
    start: str  # statements that set the tables up, whatever is there
    steps: tuple[str, ...]  # one statement each; {me} is the till's letter; a row with false sends the customer away
    level: str  # a name of psycopg.IsolationLevel, such as "READ_COMMITTED"
    promise: str  # a query that gives true as long as it is kept
