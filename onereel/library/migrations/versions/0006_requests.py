"""What became of each request for what is no take."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the columns; of what is open already nobody knows whether it was sent."""
    with op.batch_alter_table("spendings") as spendings:
        spendings.add_column(sa.Column("item", sa.Text(), nullable=False, server_default=""))
        spendings.add_column(
            sa.Column("state", sa.Text(), nullable=False, server_default="unknown")
        )
    op.execute("UPDATE spendings SET state = 'settled' WHERE charged > 0")
    op.execute("UPDATE spendings SET state = 'failed' WHERE charged = 0")
    with op.batch_alter_table("spendings") as spendings:
        spendings.alter_column("item", server_default=None)
        spendings.alter_column("state", server_default=None)
        spendings.create_index(op.f("ix_spendings_state"), ["state"], unique=False)
