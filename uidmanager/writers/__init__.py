"""Rows in, text out: reports as CSV, JSON and plain text, and files that are whole or not there at all."""
