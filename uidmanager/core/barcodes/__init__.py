"""What a barcode scanner sent, and what is taken from it. Values and checks; `barcodes` has the library for GS1."""

from uidmanager.core.barcodes.arriving import LONGEST_SCAN, Arrived, Form, arrive
from uidmanager.core.barcodes.gtin import GTIN_LENGTH, check_digit, check_gtin, read_gtin
from uidmanager.core.barcodes.judging import judge, taken_as_it_is
from uidmanager.core.barcodes.read import GS, SHOWN_GS, Element, Read, taken_words
from uidmanager.core.barcodes.settings import Mode, ScannerSettings, check_stand_in

__all__ = [
    "GS",
    "GTIN_LENGTH",
    "LONGEST_SCAN",
    "SHOWN_GS",
    "Arrived",
    "Element",
    "Form",
    "Mode",
    "Read",
    "ScannerSettings",
    "arrive",
    "check_digit",
    "check_gtin",
    "check_stand_in",
    "judge",
    "read_gtin",
    "taken_as_it_is",
    "taken_words",
]
