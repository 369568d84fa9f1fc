"""Takes that were taken off the list of operations."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the column; every take there is stays on the list."""
    put_away: sa.Column[bool] = sa.Column(
        "put_away", sa.Boolean(), nullable=False, server_default=sa.false()
    )
    op.add_column("takes", put_away)
