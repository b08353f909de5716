# Goes through the venues in Python, and asks with a pattern whether a cloakroom fits.
# exercise: databases.there-and-back
from decimal import Decimal, InvalidOperation

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

VENUE = sa.table(
    "venue", sa.column("id"), sa.column("facts", JSONB), sa.column("cloakroom_fee", sa.Numeric(6, 2)), sa.column("cloakroom_currency")
)  # fmt: skip


def upgrade() -> None:
    """Move each cloakroom that can be written back as it stands from `facts` into two columns."""
    op.add_column("venue", sa.Column("cloakroom_fee", sa.Numeric(6, 2)))
    op.add_column("venue", sa.Column("cloakroom_currency", sa.Text))
    op.create_check_constraint("both", "venue", "num_nulls(cloakroom_fee, cloakroom_currency) IN (0, 2)")
    for number, facts in op.get_bind().execute(sa.select(VENUE.c.id, VENUE.c.facts)).all():
        match facts.get("cloakroom"):
            case {"fee": str(fee), "currency": str(currency), **rest} if not rest and plain(fee):
                del facts["cloakroom"]
                values = {"facts": facts, "cloakroom_fee": Decimal(fee), "cloakroom_currency": currency}
                op.execute(VENUE.update().where(VENUE.c.id == number).values(values))


def plain(fee: str) -> bool:
    try:
        return f"{Decimal(fee):.2f}" == fee and abs(Decimal(fee)) < 10_000
    except InvalidOperation:
        return False


def downgrade() -> None:
    """Put what the columns hold back into `facts`, and take them away."""
    for row in op.get_bind().execute(sa.select(VENUE).where(VENUE.c.cloakroom_fee.is_not(None))).all():
        facts = row.facts | {"cloakroom": {"fee": str(row.cloakroom_fee), "currency": row.cloakroom_currency}}
        op.execute(VENUE.update().where(VENUE.c.id == row.id).values({"facts": facts}))
    op.drop_constraint("both", "venue")
    op.drop_column("venue", "cloakroom_fee")
    op.drop_column("venue", "cloakroom_currency")
