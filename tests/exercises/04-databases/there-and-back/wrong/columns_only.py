# Drops the columns on the way down, and what they hold.
# fails: test_up_and_down_is_where_you_were, test_what_happened_between_comes_along, test_up_again
# says: takes cloakrooms along
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
            AND facts #>> '{cloakroom,fee}' ~ '^(0|[1-9][0-9]{0,3})[.][0-9]{2}$'""")
    op.create_check_constraint("cloakroom", "venue", "(cloakroom_fee IS NULL) = (cloakroom_currency IS NULL)")


def downgrade() -> None:
    """Put what the columns hold back into `facts`, and take them away."""
    op.drop_column("venue", "cloakroom_fee")
    op.drop_column("venue", "cloakroom_currency")
