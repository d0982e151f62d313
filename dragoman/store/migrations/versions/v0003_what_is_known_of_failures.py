"""What a feed or a person said of a document that could not be read, so that it is not lost when it is tried again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

Words = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.add_column("failures", sa.Column("known", Words, nullable=True))


def downgrade() -> None:
    op.drop_column("failures", "known")
