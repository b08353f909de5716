# Takes a B-tree for anything that has its columns.
# fails: test_another_kind_is_another_index
# says: they answer other questions
# exercise: databases.useless-index
import psycopg
from psycopg import sql


def drop_useless(url: str) -> list[str]:
    """Drop the indexes that nothing needs, and return their names in alphabetical order."""
    found = indexes(url)
    needed = [index for index in found if index.valid and (index.promise or index.foreign_key or index.scans)]
    stay = {index.name for index in needed if index.promise or not any(replaces(other, index) for other in needed)}
    useless = [index.name for index in found if index.name not in stay]
    with psycopg.connect(url) as db:
        for name in useless:
            db.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(name)))
    return useless


def replaces(other: Index, index: Index) -> bool:
    """Say whether one of two indexes that are needed makes the other one superfluous."""
    if (other.table, other.condition) != (index.table, index.condition):
        return False
    held, wanted = {*other.columns, *other.included}, {*index.columns, *index.included}
    if other.columns[: len(index.columns)] != index.columns or not wanted <= held:
        return False
    equal = other.columns == index.columns and held == wanted
    return not equal or other.promise or other.name < index.name
