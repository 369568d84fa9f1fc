"""Write Script (Built In): takes an idea apart and tells it, with no model and no server."""

from .writer import write_builtin

__all__ = ["write_builtin"]
