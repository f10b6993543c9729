"""What the installation check works in: a scratch folder, other processes, a scanner's text and labels read back."""

from uidmanager.laboratory.scratch import ScratchLaboratory, work

__all__ = ["ScratchLaboratory", "work"]
