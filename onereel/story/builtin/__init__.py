"""Write Script (Built In): takes an idea apart and tells it, with no model and no server."""

from .writer import plan_scenes, write_builtin

__all__ = ["plan_scenes", "write_builtin"]
