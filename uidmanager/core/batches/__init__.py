"""A batch: many serials from a text, each with what becomes of it, before all or none of them are assigned."""

from uidmanager.core.batches.rows import (
    Batch,
    BatchRow,
    Terms,
    batch_from,
    batch_of,
    highest_for,
    named_problems,
    verdict_of,
)

__all__ = [
    "Batch",
    "BatchRow",
    "Terms",
    "batch_from",
    "batch_of",
    "highest_for",
    "named_problems",
    "verdict_of",
]
