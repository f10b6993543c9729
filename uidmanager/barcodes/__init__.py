"""Barcodes: codes for labels are made, and what a scanner sends is read. The rules are in `core.barcodes`."""
