"""docs/export-format.md, the schema and the program say the same: the example is what they all make of one ledger."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import jsonschema
import pytest
from msgspec import structs

from tests.stores.test_ledger_format import EXPORTED, IMPORTED
from uidmanager.app.ports import no_progress
from uidmanager.core.events import RegistryFounded, RegistryImported
from uidmanager.core.registry import fold
from uidmanager.core.transfer import document as d
from uidmanager.core.transfer.importing import check_document, import_events
from uidmanager.resources import resource_text
from uidmanager.writers.registry_document import LISTS, SCHEMA, document_of
from uidmanager.writers.registry_reader import LARGEST, Reading, read_document
from uidmanager.writers.stamp import Stamp

if TYPE_CHECKING:
    from collections.abc import Callable

TEXT: Final = (Path(__file__).parents[2] / "docs" / "export-format.md").read_text(encoding="utf-8")
(DOCUMENT,) = (
    block.encode() for block in re.findall(r"^```json document\n(.*?\n)```$", TEXT, re.MULTILINE | re.DOTALL)
)
STAMP: Final = Stamp("2026-11-24T08:15:00.512345Z", "anna", "LINE-3", "0.2.0")
VALIDATOR: Final = jsonschema.Draft202012Validator(json.loads(resource_text(SCHEMA)))


def read(content: bytes, folder: Path) -> Reading:
    file = folder / "acme.json"
    file.write_bytes(content)
    return read_document(file, no_progress)


def test_the_program_writes_the_example_byte_for_byte() -> None:
    assert document_of(fold(EXPORTED), STAMP, no_progress) == DOCUMENT


def test_the_same_state_gives_the_same_bytes_but_for_the_stamp() -> None:
    other = document_of(fold(EXPORTED), Stamp("2027-01-01T00:00:00.000000Z", "bert", "B", "9"), no_progress)
    assert other.splitlines()[:3] == DOCUMENT.splitlines()[:3]
    assert other.splitlines()[7:] == DOCUMENT.splitlines()[7:]


def test_the_second_ledger_of_the_ledgers_format_is_what_the_example_founds(tmp_path: Path) -> None:
    reading = read(DOCUMENT, tmp_path)
    assert reading.document
    assert check_document(reading.document, reading.findings, 0, lambda _done: None).problems == ()
    founded, imported = IMPORTED[0].events
    assert isinstance(founded, RegistryFounded)
    assert isinstance(imported, RegistryImported)
    assert imported.document == sha256(DOCUMENT).hexdigest()
    assert list(import_events(reading.document, founded.registry, reading.paper)) == [
        entry.events for entry in IMPORTED
    ]


def test_the_schema_is_one_and_holds_the_example() -> None:
    jsonschema.Draft202012Validator.check_schema(VALIDATOR.schema)
    VALIDATOR.validate(json.loads(DOCUMENT))


def test_the_schema_has_just_the_members_of_the_program() -> None:
    schema = VALIDATOR.schema
    assert isinstance(schema, dict)
    assert list(schema["properties"]) == ["format", "version", *d.Source.__struct_fields__, *LISTS]
    for name, kind in (
        ("product", d.CarriedProduct),
        ("release", d.CarriedRelease),
        ("installation", d.CarriedInstallation),
        ("given_up", d.CarriedGivenUp),
    ):
        part = schema["$defs"][name]
        assert list(part["properties"]) == list(kind.__struct_fields__)
        assert part["required"] == [field.name for field in structs.fields(kind) if field.required]


def test_every_member_is_described() -> None:
    names = {*d.Source.__struct_fields__, *LISTS, "format", "version"}
    assert all(f"`{name}`" in TEXT for name in names)
    assert f"At most {LARGEST // 1024**3} GiB" in TEXT


def without(*path: str | int) -> Callable[[Any], None]:
    def spoil(whole: Any) -> None:
        *way, last = path
        for step in way:
            whole = whole[step]
        del whole[last]

    return spoil


def having(value: object, *path: str | int) -> Callable[[Any], None]:
    def spoil(whole: Any) -> None:
        *way, last = path
        for step in way:
            whole = whole[step]
        whole[last] = value

    return spoil


SPOILT: Final[list[tuple[Callable[[Any], None], str]]] = [
    (without("head"), "/head"),
    (without("installations"), "/installations"),
    (without("counts", "given_up"), "/counts"),
    (without("products", 0, "name"), "/products/0"),
    (without("releases", 0, "registered", "at"), "/releases/0/registered"),
    (having("new", "colour"), "/colour"),
    (having("red", "products", 1, "colour"), "/products/1"),
    (having("x", "scheme", "colour"), "/scheme"),
    (having(372764, "installations", 0, "serial"), "/installations/0/serial"),
    (having(1.2, "installations", 0, "uid"), "/installations/0/uid"),
    (having("2", "installations", 0, "product"), "/installations/0/product"),
    (having("gone", "installations", 0, "state"), "/installations/0/state"),
    (having(None, "installations", 1, "note"), ""),
    (having({}, "products"), "/products"),
    (having([1], "given_up"), "/given_up/0"),
    (having("14", "entries"), "/entries"),
    (having("5", "products", 0, "registered", "entry"), "/products/0/registered/entry"),
]


@pytest.mark.parametrize(("spoil", "place"), SPOILT)
def test_what_the_schema_refuses_is_refused_with_its_place(
    spoil: Callable[[Any], None], place: str, tmp_path: Path
) -> None:
    """Null is the one thing that the program takes and the schema does not: it is what there is none of."""
    whole = json.loads(DOCUMENT)
    spoil(whole)
    assert not VALIDATOR.is_valid(whole)
    problems = read(json.dumps(whole).encode(), tmp_path).findings.problems
    assert [(problem.code, problem.field) for problem in problems] == ([("document.shape", place)] if place else [])


def test_all_that_is_wrong_with_the_shape_is_told_at_once(tmp_path: Path) -> None:
    whole = json.loads(DOCUMENT)
    for spoil, _place in (SPOILT[3], SPOILT[5], SPOILT[8]):
        spoil(whole)
    reading = read(json.dumps(whole).encode(), tmp_path)
    assert [problem.field for problem in reading.findings.problems] == [
        "/colour",
        "/products/0",
        "/installations/0/serial",
    ]
    assert reading.document
    assert reading.document.products[0] is None
    assert list(reading.document.products[:1]) == [None]
    assert reading.document.products[-1] is not None


@pytest.mark.parametrize("spelling", [{"indent": 2}, {"separators": (",", ":")}, {"sort_keys": True}])
def test_another_spelling_is_read_as_the_same(spelling: dict[str, Any], tmp_path: Path) -> None:
    reading, usual = read(json.dumps(json.loads(DOCUMENT), **spelling).encode(), tmp_path), read(DOCUMENT, tmp_path)
    assert reading.findings.problems == ()
    assert reading.document
    assert usual.document
    assert reading.document.source == usual.document.source
    assert list(reading.document.installations) == list(usual.document.installations)


@pytest.mark.parametrize(
    ("old", "new", "name"),
    [
        (b'"serial":"0372764"', b'"serial":"0372764","serial":"0372765"', "serial"),
        (b'"entries": 14', b'"entries": 15,\n"entries": 14', "entries"),
        (b'"given_up": [', b'"products": [],\n"given_up": [', "products"),
        (b'"why":"Recall 7"', b'"why":"Recall 7","why":"Recall 8"', "why"),
        (b'{"releases":"1"', b'{"releases":"3","releases":"1"', "releases"),
    ],
)
def test_a_key_that_stands_twice_is_found_wherever_it_stands(old: bytes, new: bytes, name: str, tmp_path: Path) -> None:
    assert old in DOCUMENT
    problems = read(DOCUMENT.replace(old, new, 1), tmp_path).findings.problems
    assert ("document.repeated", name) in [(problem.code, problem.field) for problem in problems]


def bench_document() -> bytes:
    """A document of version 2."""
    whole = json.loads(DOCUMENT)
    product = whole["products"][1]
    product |= {"gtin": "09521234543213", "serials": {"indexed": True, "pattern": ".*", "example": "A"}, "note": "x"}
    unit = {"serial": "SN-A17", "component": "3.1", "uid": f"{whole['root']}.3.1", "product": 2, "state": "active"}
    whole["installations"].append({**unit, "registered": product["registered"]})
    whole["counts"]["installations"] = 3
    whole["version"], whole["indexed_arc"] = 2, "3"
    return json.dumps(whole).encode()


def test_a_document_of_version_2_is_read_and_fits_the_schema(tmp_path: Path) -> None:
    content = bench_document()
    VALIDATOR.validate(json.loads(content))
    reading = read(content, tmp_path)
    assert reading.findings.problems == ()
    assert reading.document
    assert check_document(reading.document, reading.findings, 0, lambda _done: None).problems == ()


@pytest.mark.parametrize(
    "taken_out",
    [
        pytest.param((without("indexed_arc"), without("installations", 2)), id="what is said of a product"),
        pytest.param((without("products", 1, "gtin"), without("products", 1, "serials")), id="an arc"),
        pytest.param((), id="all of it"),
    ],
)
def test_one_that_says_version_1_has_nothing_in_it_that_a_program_of_that_time_does_not_know(
    taken_out: tuple[Callable[[Any], None], ...], tmp_path: Path
) -> None:
    whole = json.loads(bench_document())
    for spoil in (having(1, "version"), *taken_out):
        spoil(whole)
    assert not VALIDATOR.is_valid(whole)
    problems = read(json.dumps(whole).encode(), tmp_path).findings.problems
    assert [(problem.code, problem.field) for problem in problems] == [("document.version", "/version")]


def test_one_that_says_version_2_without_need_is_read_all_the_same(tmp_path: Path) -> None:
    whole = json.loads(DOCUMENT)
    having(2, "version")(whole)
    VALIDATOR.validate(whole)
    assert read(json.dumps(whole).encode(), tmp_path).findings.problems == ()
