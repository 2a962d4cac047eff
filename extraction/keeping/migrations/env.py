"""Alembic's entry: runs the steps in the transaction that ``migration.bring_up`` hands over."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
