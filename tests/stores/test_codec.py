"""A line is spelled in one way, and what cannot be read to the last field is not read."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any, get_args

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from uidmanager.core.events import Entry, Event, InstallationAssigned, NewEntry, ProductRegistered, RegistryFounded
from uidmanager.core.records import Scheme
from uidmanager.stores.chain import link
from uidmanager.stores.codec import DamagedLineError, NewerLineError, decode_line, encode_line

if TYPE_CHECKING:
    from collections.abc import Callable

FIRST = "0" * 64
BEFORE = "5e" * 32
FOUNDING = NewEntry(
    "6fa1d0f4-3c1a-4b6e-9d2f-0a8b7c5e4d31", "2026-11-22T21:06:42.123456Z", "anna", "LINE-3", "0.1.0", None,
    (RegistryFounded("uidmanager-ledger", 1, "7a1b2f9c", "Acme Imaging", "1.2.826.0.1.3680043.2.50", Scheme()),),
)  # fmt: skip
GOLDEN = (
    b'"n":1,"id":"6fa1d0f4-3c1a-4b6e-9d2f-0a8b7c5e4d31","at":"2026-11-22T21:06:42.123456Z","by":"anna",'
    b'"station":"LINE-3","app":"0.1.0","why":null,"events":[{"type":"registry_founded","format":"uidmanager-ledger",'
    b'"version":1,"registry":"7a1b2f9c","organisation":"Acme Imaging","root":"1.2.826.0.1.3680043.2.50",'
    b'"scheme":{"releases":"1","installations":"2"}}]}'
)

texts = st.text(st.characters(codec="utf-8"), max_size=20)
entries = st.builds(
    NewEntry,
    id=texts,
    at=st.datetimes().map(lambda at: at.isoformat(timespec="microseconds") + "Z"),
    by=texts,
    station=texts,
    app=texts,
    why=st.none() | texts,
    events=st.lists(
        st.one_of(*(st.from_type(kind) for kind in get_args(Event) if kind is not RegistryFounded)), min_size=1
    ).map(tuple),
)


def sealed(content: dict[str, Any] | str, before: str = BEFORE) -> bytes:
    """A line whose hash is right, whatever it says; made apart from the program's own code."""
    rest = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False, separators=(",", ":"))[1:]
    data = rest.encode("utf-8", "surrogatepass")
    return b'{"h":"' + sha256(before.encode() + data).hexdigest().encode() + b'",' + data


def content(**changes: Any) -> dict[str, Any]:
    """Entry 2 as another program may write it."""
    event = {"type": "product_registered", "number": 1, "name": "Viewer"}
    fields = {
        "n": 2, "id": "a", "at": "2026-11-22T21:06:43.000000Z", "by": "anna", "station": "LINE-3", "app": "9.0",
        "why": None, "events": [event],
    }  # fmt: skip
    return fields | changes


def founding(**changes: Any) -> dict[str, Any]:
    event = json.loads(b"{" + GOLDEN)["events"][0] | changes
    return content(n=1, events=[event])


def test_a_line_is_these_bytes() -> None:
    entry, line = encode_line(FOUNDING, 1, FIRST)
    h = sha256(b"0" * 64 + GOLDEN).hexdigest()
    assert line == b'{"h":"' + h.encode() + b'",' + GOLDEN + b"\n"
    assert entry.h == h == link(FIRST, line[:-1])


def test_a_reason_and_a_note_that_are_there_are_written() -> None:
    draft = NewEntry("a", "2026-11-22T21:06:43.000000Z", "b", "c", "d", "é “\\”", (InstallationAssigned("07", "7", 2),))
    _entry, line = encode_line(draft, 2, BEFORE)
    assert line[72:].decode() == (
        '"n":2,"id":"a","at":"2026-11-22T21:06:43.000000Z","by":"b","station":"c","app":"d","why":"é “\\\\”",'
        '"events":[{"type":"installation_assigned","serial":"07","component":"7","product":2}]}\n'
    )


@given(entries, st.integers(2, 10**9), st.integers(0, 2**256 - 1).map(lambda number: f"{number:064x}"))
@example(FOUNDING, 1, FIRST)
def test_whatever_is_written_is_read_back(draft: NewEntry, n: int, before: str) -> None:
    entry, line = encode_line(draft, n, before)
    assert line.count(b"\n") == 1
    assert decode_line(line[:-1], n, before) == entry
    assert entry == Entry(entry.h, n, draft.id, draft.at, draft.by, draft.station, draft.app, draft.why, draft.events)
    assert json.loads(line)["events"][0]["type"] == type(draft.events[0]).__struct_config__.tag


def test_what_another_program_writes_by_the_book_is_read() -> None:
    line = sealed(content())
    assert decode_line(line, 2, BEFORE).events == (ProductRegistered(1, "Viewer"),)
    assert decode_line(sealed(founding(), FIRST), 1, FIRST).n == 1


@pytest.mark.parametrize(
    ("spelling", "fault"),
    [
        pytest.param(lambda text: text.replace('"n":2', '"n": 2'), "spelled", id="a blank between"),
        pytest.param(lambda text: text.replace("Viewer", "V\\u0069ewer"), "spelled", id="a needless escape"),
        pytest.param(lambda text: text.replace("Viewer", "\\u0041"), "spelled", id="an escape for a letter"),
        pytest.param(lambda text: text.replace('"by":"anna",', '"by":"bob","by":"anna",'), "spelled", id="a key twice"),
        pytest.param(
            lambda text: text.replace('"number":1,"name":"Viewer"', '"name":"Viewer","number":1'), "spelled",
            id="keys in another order",
        ),
        pytest.param(lambda text: text.replace('"Viewer"', '"Viewer","code":null'), "spelled", id="a null too many"),
        pytest.param(lambda text: text.replace('"why":null,', ""), "spelled|why", id="a null too few"),
        pytest.param(lambda text: text.replace('"n":2', '"n":2.0'), "spelled|int", id="a number as a fraction"),
        pytest.param(lambda text: text.replace('"number":1', '"number":"1"'), "int", id="a number as text"),
        pytest.param(lambda text: text.replace('"number":1', '"number":true'), "int", id="a number as a truth"),
        pytest.param(lambda text: text.replace("Viewer", "\ud800"), "not an entry", id="half a character"),
        pytest.param(lambda text: text.replace("Viewer", "\\ud800"), "not an entry", id="half a character, escaped"),
        pytest.param(lambda text: text.replace("Viewer", "a\0b"), "not an entry", id="a control character"),
        pytest.param(lambda text: text + " ", "spelled", id="a blank behind"),
        pytest.param(lambda text: text + "{}", "not an entry", id="a second object"),
        pytest.param(lambda text: text[:-1], "not an entry", id="no end"),
        pytest.param(lambda _text: "[" * 100_000, "not an entry", id="nested deep"),
        pytest.param(lambda text: text.replace("[{", '[{"x":' + "[" * 50_000 + "]" * 50_000 + ",{"), "not", id="deep"),
        pytest.param(lambda _text: "", "not an entry", id="nothing"),
    ],
)  # fmt: skip
def test_another_spelling_is_damage_even_where_its_hash_is_right(spelling: Callable[[str], str], fault: str) -> None:
    text = json.dumps(content(), separators=(",", ":"))[1:]
    with pytest.raises(DamagedLineError, match=fault):
        decode_line(sealed(spelling(text)), 2, BEFORE)


@pytest.mark.parametrize(
    ("line", "n", "fault"),
    [
        pytest.param(sealed(content(n=3)), 2, "numbered 3 where 2", id="another number"),
        pytest.param(sealed(content(at="2026-11-22 21:06:43.000000Z")), 2, "time", id="time with a blank"),
        pytest.param(sealed(content(at="2026-W47-7T21:06:43.000000Z")), 2, "time", id="time by the week"),
        pytest.param(sealed(content(at="")), 2, "time", id="no time"),
        pytest.param(sealed(content(events=[])), 2, "nothing happens", id="no events"),
        pytest.param(sealed(content(n=1), FIRST), 1, "begins like this", id="no founding"),
        pytest.param(sealed(founding(format="other"), FIRST), 1, "begins like this", id="another format"),
        pytest.param(sealed(founding(version=0), FIRST), 1, "begins like this", id="version 0"),
        pytest.param(b'{"n":1,"type":"x"}', 1, "begins like this", id="some JSON"),
        pytest.param(b"", 1, "begins like this", id="an empty line"),
        pytest.param(b"", 2, "not an entry", id="an empty line further down"),
        pytest.param(b"\xef\xbb\xbf" + sealed(founding(), FIRST), 1, "byte order mark", id="BOM"),
        pytest.param(sealed(content()) + b"\r", 2, "line ends", id="CR LF"),
        pytest.param(sealed(content()).replace(b"anna", b"bob!"), 2, "hash does not fit", id="changed"),
        pytest.param(sealed(content(), FIRST), 2, "hash does not fit", id="of another chain"),
        pytest.param(sealed(content()).upper(), 2, "not an entry", id="capitals"),
    ],
)
def test_damage_is_told(line: bytes, n: int, fault: str) -> None:
    with pytest.raises(DamagedLineError, match=fault):
        decode_line(line, n, FIRST if n == 1 else BEFORE)


def test_a_line_out_of_its_place_is_recognised() -> None:
    with pytest.raises(DamagedLineError, match="it is entry 2 where 9 is due"):
        decode_line(sealed(content()), 9, FIRST)


@pytest.mark.parametrize(
    ("newer", "found"),
    [
        pytest.param(content(events=[{"type": "products_merged", "into": 2}]), "kind “products_merged”", id="event"),
        pytest.param(
            content(events=[{"type": "product_registered", "number": 1, "name": "V", "udi": "x"}]), "field “udi”",
            id="field of an event",
        ),
        pytest.param(content(signed="x"), "field “signed”", id="field of an entry"),
        pytest.param(content(events=[{"type": "a\nb\u202e" + "c" * 99}]), r"kind “a\?b\?c{56}”", id="not to be shown"),
    ],
)  # fmt: skip
def test_what_a_newer_program_wrote_is_told_from_damage(newer: dict[str, Any], found: str) -> None:
    with pytest.raises(NewerLineError, match=f"{found}, written by UID Manager 9.0"):
        decode_line(sealed(newer), 2, BEFORE)


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        pytest.param({"version": 2}, "version 2 of the format", id="version"),
        pytest.param({"version": 2, "unit": "x", "scheme": 7}, "version 2 of the format", id="version, other fields"),
        pytest.param({"licence": "x"}, "field “licence”", id="field"),
        pytest.param({"scheme": {"releases": "1", "installations": "2", "indexed": "3"}}, "field “indexed”", id="arc"),
    ],
)
def test_a_newer_format_is_known_by_the_first_line(changes: dict[str, Any], found: str) -> None:
    with pytest.raises(NewerLineError, match=found):
        decode_line(sealed(founding(**changes), FIRST), 1, FIRST)


def test_a_newer_version_is_not_believed_where_the_hash_does_not_fit() -> None:
    line = sealed(founding(), FIRST).replace(b'"version":1', b'"version":2')
    with pytest.raises(DamagedLineError):
        decode_line(line, 1, FIRST)


@given(st.binary(max_size=300), st.integers(1, 3))
def test_no_bytes_raise_anything_else(line: bytes, n: int) -> None:
    with pytest.raises((DamagedLineError, NewerLineError)):
        decode_line(line, n, FIRST)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | texts,
        lambda more: st.lists(more) | st.dictionaries(texts, more),
        max_leaves=10,
    )
)
@settings(max_examples=40)
def test_no_json_that_fits_the_chain_raises_anything_else(value: Any) -> None:
    strange = content(events=value)
    with pytest.raises((DamagedLineError, NewerLineError)):
        decode_line(sealed(strange), 2, BEFORE)


@pytest.mark.parametrize(
    "at",
    [
        "2026-11-22T21:06:42.123456",
        "2026-11-22T21:06:42.123456X",
        "2026-11-22T21:06:42.123456z",
        "2026-11-22 21:06:42.123456Z",
        "2026-02-29T21:06:42.123456Z",
        "2026-11-22T24:06:42.123456Z",
        "2026-11-22T21:06:60.123456Z",
        "20261122T21:06:42.12345678Z",
        "2026-11-22T21:06:42,123456Z",
        "2026-11-22T21:06:42.12345+Z",
        "2026-11-22T21:06:42+00:00Z",
        "2026-W47-7T21:06:42.123456Z",
        "٢٠٢٦-11-22T21:06:42.123456Z",
        "0000-11-22T21:06:42.123456Z",
        "",
    ],
)
def test_a_time_is_written_in_one_way(at: str) -> None:
    with pytest.raises(DamagedLineError, match="its time is not written as UTC"):
        decode_line(sealed({**content(), "at": at}), 2, BEFORE)
