"""What Alembic runs: it migrates the connection it is given, inside the transaction of that."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
context.run_migrations()
