"""Schema 3: folders and addresses of texts, problems that stand until mended, claims that have retired.

Of the texts that are there nobody knows the folder: it stays empty until their folder is read again.
"""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add columns and tables; every row stays as it is."""
    for name in ("folder", "path", "url", "archived_url"):
        op.add_column("documents", sa.Column(name, sa.String, nullable=False, server_default=""))
    op.create_table(
        "folders",
        sa.Column("label", sa.String, primary_key=True),
        sa.Column("place", sa.String, nullable=False),
    )
    op.create_table(
        "problems",
        sa.Column("problem_id", sa.String, primary_key=True),
        sa.Column("folder", sa.String, nullable=False),
        sa.Column("path", sa.String, nullable=False),
        sa.Column("reason", sa.String, nullable=False),
        sa.Column("warning", sa.Boolean, nullable=False),
    )
    op.create_table(
        "retired",
        sa.Column("claim_id", sa.String, primary_key=True),
        sa.Column("doc_id", sa.String, nullable=False, index=True),
        sa.Column("sha256", sa.String, nullable=False),
        sa.Column("start", sa.Integer),
        sa.Column("end", sa.Integer),
        sa.Column("evidence", sa.String, nullable=False),
        sa.Column("event_type", sa.String, nullable=False),
        sa.Column("stance", sa.String, nullable=False),
    )
    meta = sa.table("meta", sa.column("key", sa.String), sa.column("value", sa.BigInteger))
    op.execute(meta.insert().values(key="identity", value=secrets.randbits(62)))
    op.execute(meta.update().where(meta.c.key == "schema").values(value=3))
