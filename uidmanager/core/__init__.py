"""The rules: values in, values out. No input, output, clock, randomness or Qt (see docs/architecture.md)."""
