"""Barcodes: what a scanner sent is read here. The rules are in `core.barcodes`; here are the libraries."""
