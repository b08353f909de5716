# Takes a fee with a zero in front, or more digits than fit.
# fails: test_stranger_cloakrooms_stay
# says: not every cloakroom is one that fits
# exercise: databases.there-and-back
import sqlalchemy as sa
from alembic import op


def upgrade() -> None:
    """Move each cloakroom that can be written back as it stands from `facts` into two columns."""
    op.add_column("venue", sa.Column("cloakroom_fee", sa.Numeric(6, 2)))
    op.add_column("venue", sa.Column("cloakroom_currency", sa.Text))
    op.execute(r"""
        UPDATE venue SET cloakroom_currency = facts #>> '{cloakroom,currency}', facts = facts - 'cloakroom',
            cloakroom_fee = CAST(facts #>> '{cloakroom,fee}' AS numeric)
        WHERE facts -> 'cloakroom' = jsonb_build_object(
                'fee', facts #>> '{cloakroom,fee}', 'currency', facts #>> '{cloakroom,currency}')
            AND facts #>> '{cloakroom,currency}' IS NOT NULL
            AND facts #>> '{cloakroom,fee}' ~ '^[0-9]{1,4}[.][0-9]{2}$'""")
    op.create_check_constraint("cloakroom", "venue", "(cloakroom_fee IS NULL) = (cloakroom_currency IS NULL)")


def downgrade() -> None:
    """Put what the columns hold back into `facts`, and take them away."""
    op.execute("""
        UPDATE venue SET facts = facts || jsonb_build_object('cloakroom', jsonb_build_object(
            'fee', CAST(cloakroom_fee AS text), 'currency', cloakroom_currency))
        WHERE cloakroom_fee IS NOT NULL""")
    op.drop_column("venue", "cloakroom_fee")
    op.drop_column("venue", "cloakroom_currency")
