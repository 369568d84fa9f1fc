"""Money that was spent on what is no take."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the table, and let a line of the audit trail be about no take."""
    op.create_table(
        "spendings",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("film_id", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("ceiling", sa.BigInteger(), nullable=False),
        sa.Column("charged", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_spendings")),
    )
    op.create_index(op.f("ix_spendings_film_id"), "spendings", ["film_id"], unique=False)
    op.create_index(op.f("ix_spendings_at"), "spendings", ["at"], unique=False)
    with op.batch_alter_table("transitions") as transitions:
        transitions.alter_column("take_id", existing_type=sa.Integer(), nullable=True)
