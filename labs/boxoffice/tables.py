"""The data model of the story, as tables for PostgreSQL, MariaDB, MySQL and SQLite.

Nothing is indexed but what keys and uniqueness need: which index pays is what a chapter finds out.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Integer,
    MetaData,
    Numeric,
    String,
    Table,
    Text,
    UniqueConstraint,
)  # fmt: skip
from sqlalchemy.dialects.mysql import DATETIME
from sqlalchemy.dialects.postgresql import JSONB, TEXT

NAMES = {
    "ix": "ix_%(column_0_N_label)s", "uq": "uq_%(table_name)s_%(column_0_N_name)s", "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s", "pk": "pk_%(table_name)s",
}  # fmt: skip
metadata = MetaData(naming_convention=NAMES)

word = String(40).with_variant(TEXT(), "postgresql")
line = String(200).with_variant(TEXT(), "postgresql")
moment = DateTime(timezone=True).with_variant(DATETIME(fsp=6), "mysql", "mariadb")  # there: UTC, without saying so
money = Numeric(10, 2)
document = JSON().with_variant(JSONB(), "postgresql")

venue = Table(
    "venue", metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("name", line, nullable=False),
    Column("city", word, nullable=False),
    Column("country", String(2), nullable=False),
    Column("zone", word, nullable=False, comment="an IANA time zone"),
    Column("facts", document, nullable=False, comment="what differs from venue to venue: step-free entrances, cloakroom, …"),
)  # fmt: skip

event = Table(
    "event", metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("venue_id", ForeignKey("venue.id"), nullable=False),
    Column("title", line, nullable=False),
    Column("artist", line, nullable=False),
    Column("genre", word, nullable=False),
    Column("description", Text, nullable=False),
    Column("starts_at", moment, nullable=False),
    Column("on_sale_at", moment, nullable=False),
)  # fmt: skip

seat = Table(
    "seat", metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("event_id", ForeignKey("event.id"), nullable=False),
    Column("section", word, nullable=False),
    Column("row_number", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("price", money, nullable=False),
    Column("status", word, nullable=False),
    Column("held_by", word, comment="the customer's session, while the seat is held"),
    Column("held_until", moment),
    UniqueConstraint("event_id", "section", "row_number", "number"),
    CheckConstraint("status IN ('free', 'held', 'sold')", name="status"),
    CheckConstraint("(status = 'held') = (held_until IS NOT NULL)", name="hold"),
)  # fmt: skip

customer = Table(
    "customer", metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("email", line, nullable=False),
    Column("name", line, nullable=False),
    Column("country", String(2), nullable=False),
    Column("newsletter", Boolean, nullable=False),
    Column("joined_at", moment, nullable=False),
)  # fmt: skip

# "order" is a word of SQL
orders = Table(
    "orders", metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("customer_id", ForeignKey("customer.id"), nullable=False),
    Column("event_id", ForeignKey("event.id"), nullable=False),
    Column("status", word, nullable=False),
    Column("total", money, nullable=False),
    Column("placed_at", moment, nullable=False),
    CheckConstraint("status IN ('paid', 'pending', 'refunded', 'failed')", name="status"),
)  # fmt: skip

ticket = Table(
    "ticket", metadata,
    Column("seat_id", ForeignKey("seat.id"), primary_key=True, autoincrement=False, comment="a seat is sold once"),
    Column("order_id", ForeignKey("orders.id"), nullable=False),
    Column("price", money, nullable=False),
)  # fmt: skip
