"""An older archive brought up to the schema of this program, step by step (Alembic)."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, inspect, select

from extraction.keeping.schema import revision, revision_of


def bring_up(connection: Connection, schema: int) -> None:
    """Take every step from ``schema`` on, within the transaction of ``connection``: all or none.

    A database that has no transactions for its tables (MySQL) may stop between two steps, and goes on there.
    """
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%"))
    config.attributes["connection"] = connection
    if not inspect(connection).has_table(revision.name) or not connection.execute(select(revision)).first():
        command.stamp(config, revision_of(schema))
    command.upgrade(config, "head")
