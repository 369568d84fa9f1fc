"""Set-up: what a film needs and lacks, and fetching that when somebody asks for it."""

from .installing import Installation, Installations, install
from .parts import Part
from .survey import Survey, survey

__all__ = ["Installation", "Installations", "Part", "Survey", "install", "survey"]
