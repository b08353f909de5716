"""A schema for each of three promoters, with a table of sales in it."""

import psycopg

PROMOTERS = ("aurora", "foundry", "nordhalle")


def load(url: str) -> None:
    """Fill an empty place."""
    with psycopg.connect(url) as connection:
        for promoter in PROMOTERS:
            connection.execute(f"CREATE SCHEMA {promoter}")
            connection.execute(f"CREATE TABLE {promoter}.sale (guest text NOT NULL)")
