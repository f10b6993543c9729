"""Merging two histories of one registry: one stays as it is, what only the other has is applied on top of it."""
