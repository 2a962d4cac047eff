"""Schema 4: what editors mended, and what the machine gave in its place."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add columns and tables; every row stays as it is."""
    for table in ("claims", "mentions"):
        op.add_column(table, sa.Column("corrected", sa.String, nullable=False, server_default=""))
    texts = ("evidence", "event_type", "stance", "subject", "was", "now", "note", "undoes", "waiting")
    op.create_table(
        "corrections",
        sa.Column("n", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("correction_id", sa.String, nullable=False, unique=True),
        *(sa.Column(name, sa.String, nullable=False) for name in ("made", "editor", "what")),
        sa.Column("doc_id", sa.String, nullable=False, index=True),
        sa.Column("sha256", sa.String, nullable=False, index=True),
        sa.Column("start", sa.Integer),
        sa.Column("end", sa.Integer),
        *(sa.Column(name, sa.String, nullable=False) for name in texts),
    )
    op.create_table(
        "machine",
        sa.Column("row", sa.String, primary_key=True),
        sa.Column(
            "doc_id",
            sa.String,
            sa.ForeignKey("documents.doc_id", ondelete="CASCADE"),
            nullable=False,
            primary_key=True,
            index=True,
        ),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("record", sa.String, nullable=False),
    )
    meta = sa.table("meta", sa.column("key", sa.String), sa.column("value", sa.BigInteger))
    op.execute(meta.update().where(meta.c.key == "schema").values(value=4))
