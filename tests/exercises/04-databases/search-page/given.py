"""What a visitor's words find, and what the prices on the page mean."""

PRICES = {"to 70": {"lt": 7_000}, "70 to 100": {"gte": 7_000, "lt": 10_000}, "from 100": {"gte": 10_000}}  # in cents


def matching(typed: str) -> dict:
    """Return the query for what a visitor typed: slips forgiven, and a title counts three times."""
    return {"multi_match": {"query": typed, "fields": ["title^3", "description"], "fuzziness": "AUTO"}}
