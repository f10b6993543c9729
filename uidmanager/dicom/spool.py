"""Where the rows of a scan lie until somebody wants them: a file of the system's own that nobody else sees.

So memory does not grow with the number of files. SQLite makes the file (an empty name asks for a temporary one), keeps
a few megabytes of it in memory, and the system takes it away with the connection, however the program ends.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from threading import RLock
from typing import TYPE_CHECKING, Any, Final

import msgspec

from uidmanager.core.errors import UidManagerError
from uidmanager.core.scanning.rows import as_duplicate, has_words
from uidmanager.dicom.archives import PLAIN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from uidmanager.core.reports import Row

Place = tuple[int, int]
"""The number of a file, and that of the member where it is an archive."""

_FIRST: Final = (-1, PLAIN)  # before every place
_AT_ONCE: Final = 1000
_SEARCHED_AT_ONCE: Final = 200
_ENCODE: Final = msgspec.json.Encoder().encode
_DECODE: Final = msgspec.json.Decoder(dict[str, str | int | None]).decode
_TABLES: Final = """
    CREATE TABLE files (number INTEGER PRIMARY KEY, path BLOB NOT NULL, is_open INTEGER NOT NULL);
    CREATE TABLE rows (
        number INTEGER, member INTEGER, severity TEXT, instance TEXT, syntax TEXT, hash TEXT, row BLOB,
        PRIMARY KEY (number, member)
    ) WITHOUT ROWID;
"""
_TWICE: Final = """
    CREATE TABLE twice AS SELECT instance FROM rows WHERE instance IS NOT NULL GROUP BY instance HAVING COUNT(*) > 1;
    CREATE UNIQUE INDEX of_twice ON twice (instance);
"""
_CLASHES: Final = """
    CREATE TABLE clashes AS
        SELECT instance, COUNT(*) AS files, COUNT(DISTINCT hash) AS contents, COUNT(DISTINCT syntax) AS syntaxes
        FROM rows WHERE hash IS NOT NULL GROUP BY instance HAVING COUNT(DISTINCT hash) > 1;
    CREATE UNIQUE INDEX of_clashes ON clashes (instance);
"""


class NoRoomError(UidManagerError):
    """The system's folder for temporary files has no room for the rows of a scan."""

    code = "scan.no_room"

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"There is no room for the rows of this scan in the folder for temporary files ({reason}). Make room, or "
            "name another folder in TMPDIR."
        )


class Spool:
    """The rows of one scan. Any thread may use it. All methods may raise `NoRoomError`."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._lock = RLock()
        with self._at_work() as database:
            database.execute("PRAGMA journal_mode = OFF")
            database.execute("PRAGMA temp_store = FILE")
            database.executescript(_TABLES)

    def close(self) -> None:
        """Give the file back."""
        with self._lock:
            self._database.close()

    @contextmanager
    def _at_work(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            try:
                yield self._database
            except sqlite3.OperationalError as failed:
                raise NoRoomError(str(failed)) from failed

    @contextmanager
    def _in_one_go(self) -> Iterator[sqlite3.Connection]:
        with self._at_work() as database:
            database.execute("BEGIN")
            yield database
            database.execute("COMMIT")

    # -- the files ---------------------------------------------------------------------------------------------------

    def add_files(self, paths: Iterable[tuple[int, bytes, bool]]) -> None:
        """Take in files by their numbers: where each lies, and whether it is still to be read."""
        with self._in_one_go() as database:
            database.executemany("INSERT INTO files VALUES (?, ?, ?)", paths)

    def unread(self) -> Iterator[tuple[int, bytes]]:
        """The files that are to be read, by their numbers."""
        query = "SELECT number, path FROM files WHERE is_open AND number > ? ORDER BY number LIMIT ?"
        for found in self._in_turns(query, (-1,)):
            yield from found

    # -- the rows ----------------------------------------------------------------------------------------------------

    def add_rows(self, rows: Iterable[tuple[int, int, Row, str | None]]) -> None:
        """Take in rows of files, each by the file's number and the member's, with its SOP Instance UID if it counts."""
        with self._in_one_go() as database:
            database.executemany(
                "INSERT INTO rows VALUES (?, ?, ?, ?, ?, NULL, ?)",
                (
                    (number, member, row["severity"], instance, row["transfer_syntax"], _ENCODE(row))
                    for number, member, row, instance in rows
                ),
            )

    def count(self, severities: Sequence[str] = ()) -> int:
        """How many rows there are, or rows of these weights."""
        with self._at_work() as database:
            where, wanted = _of(severities)
            (count,) = database.execute(f"SELECT COUNT(*) FROM rows {where}", wanted).fetchone()  # noqa: S608 (ours)
        return int(count)

    def rows(self, severities: Sequence[str] = ()) -> Iterator[Row]:
        """The rows in the order in which the files were found, all of them or those of some weights."""
        where, wanted = _of(severities)
        condition = f"{where} AND" if where else "WHERE"
        query = (
            f"SELECT number, member, row FROM rows {condition} (number, member) > (?, ?) "  # noqa: S608 (ours)
            "ORDER BY number, member LIMIT ?"
        )
        for found in self._in_turns(query, _FIRST, wanted):
            yield from (_DECODE(text) for _, _, text in found)

    def row(self, number: int, member: int) -> Row:
        """The row of one file, or of one member of an archive. Raises `KeyError`."""
        with self._at_work() as database:
            query = "SELECT row FROM rows WHERE number = ? AND member = ?"
            found = database.execute(query, (number, member)).fetchone()
        if found is None:
            raise KeyError((number, member))
        return _DECODE(found[0])

    def places(self, severities: Sequence[str] = (), words: Sequence[str] = ()) -> Iterator[list[Place]]:
        """Where the rows stand that have one of these weights, if any is named, and each of these case-folded words.

        In the order of `rows`, in steps of some milliseconds; a step may find none.
        """
        query = (
            f"SELECT number, member, severity, {'row' if words else 'NULL'} FROM rows "  # noqa: S608 (ours)
            "WHERE (number, member) > (?, ?) ORDER BY number, member LIMIT ?"
        )
        for found in self._in_turns(query, _FIRST, at_once=_SEARCHED_AT_ONCE if words else _AT_ONCE):
            yield [
                (number, member)
                for number, member, severity, text in found
                if (not severities or severity in severities) and (not words or has_words(_DECODE(text), words))
            ]

    # -- duplicates --------------------------------------------------------------------------------------------------

    def seek_twice(self) -> int:
        """Find the SOP Instance UIDs that several rows have; answers in how many files they stand."""
        with self._at_work() as database:
            database.executescript(_TWICE)
            query = "SELECT COUNT(DISTINCT number) FROM rows JOIN twice USING (instance)"
            (count,) = database.execute(query).fetchone()
        return int(count)

    def twice(self) -> Iterator[tuple[int, bytes, tuple[int, ...]]]:
        """The files in which they stand, each with its place and the members that have them."""
        query = (
            "SELECT number, path, GROUP_CONCAT(member) FROM rows JOIN twice USING (instance) JOIN files USING (number) "
            "WHERE number > ? GROUP BY number ORDER BY number LIMIT ?"
        )
        for found in self._in_turns(query, (-1,)):
            yield from ((number, path, tuple(map(int, members.split(",")))) for number, path, members in found)

    def add_hashes(self, hashes: Iterable[tuple[int, int, str]]) -> None:
        """What rows hold."""
        with self._in_one_go() as database:
            query = "UPDATE rows SET hash = ? WHERE number = ? AND member = ?"
            database.executemany(query, ((text, number, member) for number, member, text in hashes))

    def mark_duplicates(self) -> Iterator[tuple[Row, Row]]:
        """Have the rows of one UID that hold different things say so; each before and after."""
        with self._at_work() as database:
            database.executescript(_CLASHES)
        query = (
            "SELECT number, member, row, files, contents, syntaxes FROM rows JOIN clashes USING (instance) "
            "WHERE hash IS NOT NULL AND (number, member) > (?, ?) ORDER BY number, member LIMIT ?"
        )
        for found in self._in_turns(query, _FIRST):
            changes = [(_DECODE(text), *counts) for _, _, text, *counts in found]
            marked = [as_duplicate(row, files=f, contents=c, syntaxes=s) for row, f, c, s in changes]
            with self._in_one_go() as database:
                database.executemany(
                    "UPDATE rows SET row = ?, severity = ? WHERE number = ? AND member = ?",
                    (
                        (_ENCODE(row), row["severity"], number, member)
                        for row, (number, member, *_) in zip(marked, found, strict=True)
                    ),
                )
            yield from ((row, after) for (row, *_), after in zip(changes, marked, strict=True))

    def _in_turns(
        self, query: str, last: tuple[int, ...], wanted: Sequence[str] = (), at_once: int | None = None
    ) -> Iterator[list[tuple[Any, ...]]]:
        """The answers to a query for what comes after a place, some at a time; the place stands first in each."""
        while True:
            with self._at_work() as database:
                found = database.execute(query, (*wanted, *last, at_once or _AT_ONCE)).fetchall()
            if not found:
                return
            yield found
            last = found[-1][: len(last)]


def _of(severities: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """The condition that keeps rows of these weights, and its values; no condition for none."""
    marks = ", ".join("?" for _ in severities)
    return (f"WHERE severity IN ({marks})", tuple(severities)) if severities else ("", ())
