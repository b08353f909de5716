# Takes the indexes of each table away one by one, the least needed first, and asks what still covers the others.
# exercise: databases.useless-index
import psycopg


def drop_useless(url: str) -> list[str]:
    gone = []
    with psycopg.connect(url) as db:
        left = {}
        for index in sorted(indexes(url), key=lambda index: (index.promise, -len(index.columns)), reverse=True):
            if not index.valid or not (index.promise or index.foreign_key or index.scans > 0):
                gone.append(index.name)
            else:
                left.setdefault((index.table, index.kind, index.condition), []).append(index)
        for (_, kind, _), group in left.items():
            kept = []
            for index in sorted(group, key=rank):
                if kind == "btree" and not index.promise and any(replaces(other, index) for other in kept):
                    gone.append(index.name)
                else:
                    kept.append(index)
        for name in gone:
            quoted = name.replace('"', '""')
            db.execute(f'DROP INDEX "{quoted}"')
    return sorted(gone)


def rank(index: Index) -> tuple:
    """Put promises first, then the longer ones, then the alphabet."""
    return (not index.promise, -len(index.columns), -len(index.included), index.name)


def replaces(other: Index, index: Index) -> bool:
    starts = all(mine == theirs for mine, theirs in zip(index.columns, other.columns, strict=False))
    long_enough = len(index.columns) <= len(other.columns)
    return starts and long_enough and all(column in other.columns + other.included for column in index.included)
