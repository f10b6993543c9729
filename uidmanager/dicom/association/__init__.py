"""Associations with live devices, which may send anything or nothing.

What a peer sends is read here, byte by byte within limits; what it is sent is made by pynetdicom. Import the parts one
by one: those that make messages load pynetdicom, which is heavy.
"""
