"""The sheet for the work bench, "How to assign and label a unit": one page with pictures."""

from uidmanager.writers.guide.page import write_guide

__all__ = ["write_guide"]
