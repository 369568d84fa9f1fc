"""Run the revisions on the connection that `database.py` hands over.

Inside ComfyUI nothing is importable as `onereel`, so connection and metadata come by attribute.
"""

from alembic import context

attributes = context.config.attributes
context.configure(
    connection=attributes["connection"],
    target_metadata=attributes["metadata"],
    # The caller holds one transaction around all of it; SQLite's DDL takes part in it too.
    transactional_ddl=True,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
