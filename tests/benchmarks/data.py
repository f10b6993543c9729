"""The registry that is measured: made from its size alone, as a ledger and as the same rows in SQLite.

The ledger is written by its specification (docs/ledger-format.md), not by the program, which could only do it one fsync
at a time. Both are kept in the benchmarks' folder, so that they are made once.
"""

from __future__ import annotations

import json
import uuid
from hashlib import sha256
from typing import TYPE_CHECKING, Final, NamedTuple

from tests.benchmarks.database import Item, write_database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ROOT: Final = "1.2.826.0.1.3680043.2.50"
PER_ENTRY: Final = 5
_VERSION: Final = "1"  # of what is made here; another one makes everything anew
_SPREAD: Final = 387_420_489  # odd and no multiple of 5, so that serials do not repeat, and jump
_SERIALS: Final = 10**9
_PLACES: Final = ("demo room", "returned from service", "spare", "hospital group north", "refurbished")
_THINGS: Final = ("CT Console", "MR Console", "Mammo", "Viewer", "Archive", "Ultrasound", "Dose Sensor", "Gateway")
_PEOPLE: Final = (("anna", "LINE-1"), ("ben", "LINE-2"), ("chiara", "LINE-3"), ("dmitri", "OFFICE"))


class Made(NamedTuple):
    """A registry of one size: the ledger's file and the database with the same rows."""

    ledger: Path
    database: Path


def made(folder: Path, size: int) -> Made:
    """The registry with so many installations, made now unless it lies in the folder already."""
    place = folder / f"{size}-v{_VERSION}"
    found = Made(place / "registry.jsonl", place / "registry.sqlite")
    if not (place / "whole").exists():
        place.mkdir(parents=True, exist_ok=True)
        found.ledger.write_bytes(b"".join(_chained(size)))
        found.database.unlink(missing_ok=True)
        write_database(found.database, products(size), releases(size), items(size))
        (place / "whole").touch()
    return found


def serial(index: int) -> str:
    """The serial of an installation, as it is printed on it: nine digits, no two the same for indexes below 10^9."""
    return f"{index * _SPREAD % _SERIALS:09}"


def products(size: int) -> list[tuple[int, str, str]]:
    """Number, name and code: one product for every thousand installations."""
    count = max(1, size // 1000)
    return [(n, f"{_THINGS[n % len(_THINGS)]} {n:04}", f"P{n:04}") for n in range(1, count + 1)]


def releases(size: int) -> list[tuple[int, str, str]]:
    """Product, version and Implementation Version Name: one release for every hundred installations."""
    count, makers = max(1, size // 100), max(1, size // 1000)
    return [
        (1 + n % makers, f"{1 + n // makers}.{n % 7}.0", f"P{1 + n % makers:04}_{1 + n // makers}.{n % 7}.0")
        for n in range(count)
    ]


def items(size: int) -> Iterator[Item]:
    """The installations, in the order they were assigned."""
    first = 2 + len(products(size)) + len(releases(size))
    for index in range(size):
        batch = index // PER_ENTRY
        entry = first + batch
        component = serial(index).lstrip("0") or "0"
        by, station = _PEOPLE[entry % len(_PEOPLE)]
        uid = f"{ROOT}.2.{component}"
        yield Item(
            component, serial(index), uid, _product(batch, size), _note(batch), "active", entry, _at(entry), by, station
        )


def _product(batch: int, size: int) -> int:
    return 1 + batch * 7 % max(1, size // 1000)


def _note(batch: int) -> str | None:
    return _PLACES[batch // 20 % len(_PLACES)] if batch % 20 == 0 else None


def _at(entry: int) -> str:
    """A time of its own for each entry: every seven minutes, in years of 336 days and hours of day shift and night."""
    minutes = entry * 7
    days, minutes = divmod(minutes, 24 * 60)
    years, days = divmod(days, 12 * 28)
    hour, minute = divmod(minutes, 60)
    day = f"{2016 + years:04}-{1 + days // 28:02}-{1 + days % 28:02}"
    return f"{day}T{hour:02}:{minute:02}:{entry % 60:02}.{entry % 10**6:06}Z"


def _chained(size: int) -> Iterator[bytes]:
    """The lines of the ledger, each with its hash in the chain and its newline."""
    before = "0" * 64
    for n, events in enumerate(_entries(size), 1):
        by, station = _PEOPLE[n % len(_PEOPLE)]
        rest = (
            f'"n":{n},"id":"{uuid.UUID(int=n, version=4)}","at":"{_at(n)}","by":"{by}","station":"{station}",'
            f'"app":"0.1.0","why":null,"events":[{events}]}}'
        ).encode()
        before = sha256(before.encode() + rest).hexdigest()
        yield b'{"h":"%s",%s\n' % (before.encode(), rest)


def _entries(size: int) -> Iterator[str]:
    """What happens in each entry: the founding, the products, the releases, five installations at a time."""
    yield (
        f'{{"type":"registry_founded","format":"uidmanager-ledger","version":1,"registry":"{uuid.UUID(int=size)}",'
        f'"organisation":"Benchmark","root":"{ROOT}","scheme":{{"releases":"1","installations":"2"}}}}'
    )
    for number, name, code in products(size):
        yield f'{{"type":"product_registered","number":{number},"name":"{name}","code":"{code}"}}'
    for product, version, name in releases(size):
        yield (
            f'{{"type":"release_registered","product":{product},"version":"{version}","numeric":"{version}",'
            f'"version_name":"{name}"}}'
        )
    for batch in range(-(-size // PER_ENTRY)):
        note = _note(batch)
        tail = f',"product":{_product(batch, size)}' + (f',"note":{json.dumps(note)}}}' if note else "}")
        within = range(batch * PER_ENTRY, min(size, (batch + 1) * PER_ENTRY))
        yield ",".join(_assigned(serial(index), tail) for index in within)


def _assigned(printed: str, tail: str) -> str:
    component = printed.lstrip("0") or "0"
    return f'{{"type":"installation_assigned","serial":"{printed}","component":"{component}"{tail}'
