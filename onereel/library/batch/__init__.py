"""Batches: many films from one table."""

from .filling import filled
from .preview import Preview, RowPreview, preview
from .report import Report, RowResult
from .rows import BadRow, Batch, Row, read_batch

__all__ = [
    "BadRow",
    "Batch",
    "Preview",
    "Report",
    "Row",
    "RowPreview",
    "RowResult",
    "filled",
    "preview",
    "read_batch",
]
