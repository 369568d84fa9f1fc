"""Shoot Draft: a moving animatic of every scene, drawn here, for nothing."""

from .shoot import DRAFT_VERSION, shoot_draft

__all__ = ["DRAFT_VERSION", "shoot_draft"]
