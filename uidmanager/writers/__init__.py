"""Rows in, bytes out: reports in each of their formats, and files that are whole or not there at all."""
