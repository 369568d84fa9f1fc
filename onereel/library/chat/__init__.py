"""Chat: a wish in words becomes changes that the film maker sees before they are made."""

from .propose import Proposal, propose

__all__ = ["Proposal", "propose"]
