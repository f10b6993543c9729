"""Attacks on the ledger with real processes and real kills: ``python -m tests.faults --rounds 1000``."""
