"""What a barcode scanner sends: the values, and the rules for what is in a code. No library reads it here."""

from uidmanager.core.barcodes.gtin import check_digit, check_gtin, read_gtin
from uidmanager.core.barcodes.read import Element, Read

__all__ = ["Element", "Read", "check_digit", "check_gtin", "read_gtin"]
