"""Which column of a spreadsheet is what: the fields there are for each kind, and the usual words that head them."""

from __future__ import annotations

import unicodedata
from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from uidmanager.core.errors import Problem, Severity
from uidmanager.core.takeover.table import Line, Table, letters_of
from uidmanager.core.texts import excerpt

if TYPE_CHECKING:
    from collections.abc import Mapping

    Columns = Mapping[str, int]
    """The fields that are taken, and the columns they are taken from."""


class TableKind(StrEnum):
    """What the rows of a spreadsheet are."""

    PRODUCTS = "products"
    RELEASES = "releases"
    INSTALLATIONS = "installations"


class Field(Struct, frozen=True):
    """Something that may be taken from a column.

    ``is_exact``: a number depends on it, so that nothing is taken that a spreadsheet may have changed.
    """

    name: str
    title: str
    words: str
    is_needed: bool = False
    is_exact: bool = False


_PRODUCT: Final = (
    "product productname equipment device devicetype type model modelname article produkt produktname "
    "produktbezeichnung bezeichnung gerät gerätetyp typ modell artikel produit appareil modèle producto modelo "
    "prodotto modello"
)
_NOTE: Final = (
    "note notes remark remarks comment comments description bemerkung bemerkungen notiz notizen anmerkung anmerkungen "
    "kommentar beschreibung hinweis remarque commentaire nota notas commento"
)
_DATE: Final = (
    "dateissued issued issuedate issuedon issuedat date assigned assignedon dateassigned datum ausgabedatum ausgegeben "
    "ausgegebenam vergeben vergebenam vergabedatum zugewiesenam datederemise fecha data"
)
_UID: Final = (
    "uid oid installationroot uidroot root implementationclassuid classuid implementationclass wurzel uidwurzel"
)

FIELDS: Final[Mapping[TableKind, tuple[Field, ...]]] = {
    TableKind.PRODUCTS: (
        Field("name", "Name", f"name {_PRODUCT}", is_needed=True),
        Field(
            "number",
            "Number",
            "productnumber productno productnr productid number no nr num id produktnummer produktnr nummer lfdnr arc "
            "numéro número numero",
            is_exact=True,
        ),
        Field("code", "Code", "code productcode shortname abbreviation kürzel kurzname kurzzeichen abkürzung"),
        Field("gtin", "GTIN", "gtin gtin14 gtin13 ean ean13 udidi di artikelean", is_exact=True),
        Field("note", "Note", _NOTE),
        Field("date", "Date issued", _DATE),
    ),
    TableKind.RELEASES: (
        Field("product", "Product", f"{_PRODUCT} productnumber productno produktnummer software", is_needed=True),
        Field(
            "version",
            "Version",
            "version versionnumber versionno release releasenumber softwareversion swversion sw versionsnummer "
            "versionsnr ausgabe stand softwarestand versión versione",
            is_needed=True,
            is_exact=True,
        ),
        Field(
            "numeric",
            "Version in numbers",
            "numeric numericversion numericform versioninuid uidversion numerisch numerischeversion versionnumerisch",
            is_exact=True,
        ),
        Field(
            "version_name",
            "Version name",
            "versionname implementationversionname implementationname implementationversion versionsname",
            is_exact=True,
        ),
        Field("uid", "UID as issued", _UID, is_exact=True),
        Field("note", "Note", _NOTE),
        Field("date", "Date issued", f"{_DATE} releasedate released releasedon freigabe freigabedatum freigegebenam"),
    ),
    TableKind.INSTALLATIONS: (
        Field(
            "serial",
            "Serial",
            "serial serialnumber serialno serialnr sn serno sernr serialnum deviceserial deviceserialnumber "
            "machinenumber unit seriennummer seriennr seriennum serie gerätenummer gerätenr fabriknummer "
            "fabrikationsnummer maschinennummer numérodesérie numerodeserie númerodeserie matricola",
            is_needed=True,
            is_exact=True,
        ),
        Field("product", "Product", f"{_PRODUCT} productnumber productno produktnummer"),
        Field("uid", "UID as issued", _UID, is_exact=True),
        Field("note", "Note", _NOTE),
        Field("date", "Date issued", f"{_DATE} installed installedon installationdate installiertam inbetriebnahme"),
    ),
}
"""The fields of each kind, in the order in which they are offered and looked for."""

FIRST_ROWS: Final = 20
"""Among these the headings are looked for."""


def field_of(kind: TableKind, name: str) -> Field | None:
    """The field of this name, if the kind has one."""
    return next((field for field in FIELDS[kind] if field.name == name), None)


def heading_of(table: Table, kind: TableKind) -> Line | None:
    """The row that heads the columns: of the first ones that with most of the known words; None without any."""
    first = table.lines[:FIRST_ROWS]
    found = [(len(recognised(kind, line)), -number) for number, line in enumerate(first)]
    best = max(found, default=(0, 0))
    return first[-best[1]] if best[0] else None


def recognised(kind: TableKind, heading: Line) -> dict[str, int]:
    """The fields that the words of a heading stand for, each column for one of them."""
    words = [_compact(cell) for cell in heading.cells]
    taken: dict[str, int] = {}
    for field in FIELDS[kind]:
        known = field.words.split()
        fits = [(known.index(word), column) for column, word in enumerate(words) if word in known]
        free = [fit for fit in fits if fit[1] not in taken.values()]
        if free:
            taken[field.name] = min(free)[1]
    return taken


def named_column(table: Table, heading: Line | None, named: str) -> int | None:
    """The column that a person means by the words at its head or by its letters; None where it is not plain."""
    if heading is not None:
        key = _compact(named)
        same = [column for column, cell in enumerate(heading.cells) if cell.strip() == named.strip()]
        same = same or [column for column, cell in enumerate(heading.cells) if key and _compact(cell) == key]
        if same:
            return same[0] if len(same) == 1 else None
    wanted = named.strip().upper()
    return next((column for column in range(table.width) if letters_of(column) == wanted), None)


def column_title(heading: Line | None, column: int) -> str:
    """What a column is called: its heading, else its letters."""
    text = heading.text(column) if heading is not None else ""
    return excerpt(text) if text else f"column {letters_of(column)}"


def check_columns(table: Table, kind: TableKind, heading: Line | None, columns: Columns) -> tuple[Problem, ...]:
    """What is to be said of a choice of columns: what is missing, what is left out, what is hidden."""
    problems = []
    for field in FIELDS[kind]:
        if field.is_needed and field.name not in columns:
            sentence = f"No column was recognised as {field.title}. Say which one it is."
            problems.append(Problem("takeover.column_missing", field.name, sentence))
    for field in FIELDS[kind]:
        if columns.get(field.name) in table.hidden_columns:
            sentence = f"{field.title} is taken from a column that is hidden in the spreadsheet."
            problems.append(Problem("takeover.column_hidden", field.name, sentence, None, Severity.CAUTION))
    twice = [column for column, count in Counter(columns.values()).items() if count > 1]
    if twice:
        sentence = f"“{column_title(heading, twice[0])}” is taken for more than one field. Make sure that it is meant."
        problems.append(Problem("takeover.column_twice", "columns", sentence, None, Severity.CAUTION))
    left = [column for column in range(table.width) if column not in columns.values() and _is_filled(table, column)]
    if left:
        names = ", ".join(f"“{column_title(heading, column)}”" for column in left[:FIRST_ROWS])
        more = " …" if len(left) > FIRST_ROWS else ""
        problems.append(
            Problem("takeover.columns_left", "columns", f"Not imported: {names}{more}.", None, Severity.NOTICE)
        )
    return tuple(problems)


def data_of(table: Table, heading: Line | None) -> tuple[Line, ...]:
    """The rows below the heading; all of them where there is none."""
    return tuple(line for line in table.lines if heading is None or line.number > heading.number)


def _is_filled(table: Table, column: int) -> bool:
    return any(line.text(column) for line in table.lines[: FIRST_ROWS * 10])


def _compact(text: str) -> str:
    """A heading without what people vary: capitals, blanks, dots and dashes."""
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).casefold())
    return "".join(character for character in folded if character.isalnum())
