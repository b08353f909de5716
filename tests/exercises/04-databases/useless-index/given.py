"""What the server's catalogue and counters say of the indexes in the schema public."""

from dataclasses import dataclass

import psycopg


@dataclass(frozen=True)
class Index:
    """One index. Each column is text, such as `event_id`, `price DESC` or `lower(email)`."""

    name: str
    table: str
    kind: str  # "btree", "gin", "brin", …
    columns: list[str]  # the key, in its order
    included: list[str]
    condition: str  # of a partial index, else ""
    promise: bool  # a constraint needs it, or it forbids duplicates
    valid: bool  # no build broke off
    foreign_key: bool  # it finds the rows that refer to another table's row
    scans: int


CATALOGUE = """
    SELECT s.indexrelname, s.relname, a.amname,
        ARRAY(SELECT pg_get_indexdef(i.indexrelid, n, true)
                || (SELECT CASE WHEN opcdefault THEN '' ELSE ' ' || opcname END FROM pg_opclass o WHERE o.oid = indclass[n - 1])
                || CASE indoption[n - 1] & 1 WHEN 1 THEN ' DESC' ELSE '' END
            FROM generate_series(1, i.indnkeyatts) n ORDER BY n),
        ARRAY(SELECT pg_get_indexdef(i.indexrelid, n, true) FROM generate_series(i.indnkeyatts + 1, i.indnatts) n),
        coalesce(pg_get_expr(i.indpred, i.indrelid), ''),
        i.indisunique OR EXISTS (SELECT FROM pg_constraint WHERE conindid = i.indexrelid AND contype IN ('p', 'u', 'x')),
        i.indisvalid,
        i.indpred IS NULL AND EXISTS (SELECT FROM pg_constraint k WHERE contype = 'f' AND conrelid = i.indrelid
            AND (i.indkey::int2[])[0:cardinality(conkey) - 1] @> conkey),
        s.idx_scan
    FROM pg_stat_user_indexes s JOIN pg_index i USING (indexrelid)
        JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am a ON a.oid = c.relam
    WHERE s.schemaname = 'public' ORDER BY 1"""


def indexes(url: str) -> list[Index]:
    """Return every index, in the order of their names."""
    with psycopg.connect(url) as db:
        return [Index(*row) for row in db.execute(CATALOGUE)]
