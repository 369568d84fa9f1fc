"""The model of each attempt, and what is asked for often, answered from indexes alone."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the column, filled from the takes, and the indexes."""
    # In place: to make the table anew, SQLite would look for the rows that name each old one.
    op.add_column("attempts", sa.Column("model", sa.Text(), nullable=False, server_default=""))
    op.execute(
        "UPDATE attempts SET model ="
        " (SELECT takes.model FROM takes WHERE takes.id = attempts.take_id)"
    )
    op.drop_index(op.f("ix_attempts_day"), table_name="attempts")
    op.create_index("ix_attempts_day", "attempts", ["day", "model"], unique=False)
    op.create_index("ix_attempts_state", "attempts", ["state", "take_id"], unique=False)
