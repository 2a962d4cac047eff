"""Schema 2: what archives were before there were steps. Nothing leads to it."""

revision = "0002"
down_revision = None


def upgrade() -> None:
    """Nothing: an archive of schema 2 is marked with this step as it is."""
