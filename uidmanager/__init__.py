"""UID Manager: looks after the UIDs of a maker of DICOM equipment."""

__version__ = "0.2.0"
