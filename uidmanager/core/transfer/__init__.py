"""A registry in a document: what is carried from one ledger into a new one, and all that may be wrong with it."""
