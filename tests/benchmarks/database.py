"""The rival: what a good engineer would otherwise have used, SQLite through Python's sqlite3 with a unique index."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Final, NamedTuple

from msgspec import Struct, structs

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_TABLES: Final = """
CREATE TABLE product (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, code TEXT);
CREATE TABLE release (product INTEGER NOT NULL REFERENCES product, version TEXT NOT NULL, name TEXT NOT NULL UNIQUE,
    UNIQUE (product, version));
CREATE TABLE installation (component TEXT NOT NULL UNIQUE, serial TEXT NOT NULL, uid TEXT NOT NULL, product INTEGER,
    note TEXT, state TEXT NOT NULL, entry INTEGER NOT NULL, at TEXT NOT NULL, by TEXT NOT NULL, station TEXT NOT NULL);
"""
INSERT: Final = "INSERT INTO installation VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
LIKE: Final = """
SELECT count(*) FROM installation LEFT JOIN product ON product.number = installation.product
WHERE serial LIKE :like OR uid LIKE :like OR product.name LIKE :like OR note LIKE :like
"""


class Item(Struct, frozen=True, gc=False):
    """One installation as SQLite keeps it: the columns of the table ``installation``.

    Of all that Python has for a row with names, this is the quickest to make and the smallest.
    """

    component: str
    serial: str
    uid: str
    product: int
    note: str | None
    state: str
    entry: int
    at: str
    by: str
    station: str


class Loaded(NamedTuple):
    """Everything of a database in Python, with an index of installations by component."""

    products: dict[int, tuple[object, ...]]
    releases: dict[tuple[object, ...], tuple[object, ...]]
    installations: dict[str, Item]


def write_database(
    file: Path, products: Iterable[tuple[object, ...]], releases: Iterable[tuple[object, ...]], items: Iterable[Item]
) -> None:
    """Make the database with these rows."""
    connection = sqlite3.connect(file)
    connection.executescript(_TABLES)
    connection.executemany("INSERT INTO product VALUES (?, ?, ?)", products)
    connection.executemany("INSERT INTO release VALUES (?, ?, ?)", releases)
    connection.executemany(INSERT, map(structs.astuple, items))
    connection.commit()
    connection.close()


def connected(file: Path, journal: str = "DELETE") -> sqlite3.Connection:
    """A connection that keeps what it was told to: ``synchronous=FULL`` with this journal."""
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute(f"PRAGMA journal_mode={journal}")
    connection.execute("PRAGMA synchronous=FULL")
    return connection


def loaded(file: Path) -> Loaded:
    """All rows as Python objects, as a program would take them in at its start."""
    connection = sqlite3.connect(file)
    products = {row[0]: row for row in connection.execute("SELECT * FROM product")}
    releases = {row[:2]: row for row in connection.execute("SELECT * FROM release")}
    rows = connection.execute("SELECT * FROM installation")
    found = Loaded(products, releases, {row[0]: Item(*row) for row in rows})
    connection.close()
    return found
