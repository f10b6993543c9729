from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from tests.writers.made import HEAD, STAMP
from tests.writers.test_rows_html import Reader
from uidmanager.core.reports.conformance import Extract, Fact
from uidmanager.core.texts import visible
from uidmanager.writers.conformance.as_docbook import NAMESPACE
from uidmanager.writers.conformance.forms import Form, form_of, write

if TYPE_CHECKING:
    from tests.writers.conftest import Office

UID = "1.2.826.0.1.3680043.2.50.1.2.4.5.0.3"
LONGEST = "1.2." + "9" * 60
FACTS = (
    Fact("Implementation Class UID", UID, "Says what it is."),
    Fact("Implementation Version Name", "CT_4.5.0.3", "Names the version."),
    Fact("Root of instance UIDs", LONGEST, "Where <they> begin."),
)
EXTRACT = Extract("CT Console", "4.5.0.3", UID, FACTS, "registry-1", "Acme <Imaging> -- & Söhne-", "1.2.3", 7, HEAD)
ORIGIN = (
    f"From the registry of Acme <Imaging> -- & Söhne- (registry-1), entry 7, ledger head {HEAD}. "
    "Made 2026-11-22 21:06:42 UTC by anna at LINE-3 with UID Manager 0.2.0."
)
TITLE = "Implementation identification of CT Console 4.5.0.3"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def parsed(content: bytes) -> ET.Element:
    return ET.fromstring(content)  # noqa: S314 (our own)


def named(text: str) -> Extract:
    """An extract in which people wrote this text wherever they may."""
    facts = (*FACTS[:1], Fact("Implementation Version Name", text, "x"))
    return structs.replace(EXTRACT, product=text, version=text, organisation=text, facts=facts)


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def paragraphs(content: bytes) -> list[str]:
    document = parsed(parts(content)["word/document.xml"])
    return ["".join(text.text or "" for text in each.iter(f"{WORD}t")) for each in document.iter(f"{WORD}p")]


@pytest.mark.parametrize("form", Form)
def test_a_files_name_asks_for_its_form(form: Form) -> None:
    assert form_of(f"statement.{form.suffix.upper()}") is form
    assert form_of("statement.pdf") is None


@pytest.mark.parametrize("form", Form)
def test_the_same_rows_make_the_same_bytes(form: Form) -> None:
    assert write(EXTRACT, form, STAMP) == write(EXTRACT, form, STAMP)


def test_text() -> None:
    assert write(EXTRACT, Form.TEXT, STAMP).decode("utf-8") == (
        f"{TITLE}\n\n"
        f"Implementation Class UID     {UID}\n"
        "Implementation Version Name  CT_4.5.0.3\n"
        f"Root of instance UIDs        {LONGEST}\n\n"
        "Implementation Class UID: Says what it is.\n"
        "Implementation Version Name: Names the version.\n"
        "Root of instance UIDs: Where <they> begin.\n\n"
        f"{ORIGIN}\n"
    )


def test_html_has_a_table_that_brings_its_look_along() -> None:
    text = write(EXTRACT, Form.HTML, STAMP).decode("utf-8")
    found = Reader(text)
    assert found.rows == [["Item", "Value"], *([fact.label, fact.value + fact.remark] for fact in FACTS)]
    assert found.words["h1"] == TITLE
    assert found.words["bdi"] == ORIGIN
    cells = re.findall(r"<t[dh] [^>]*>", text)
    assert len(cells) == 8
    assert all("border: 1px solid" in cell and "color: #000000" in cell for cell in cells)
    assert not {"wbr", "script"} & set(found.tags)
    assert "prefers-color-scheme" not in text


def test_docbook_is_a_section_with_a_table_that_can_be_named() -> None:
    section = parsed(write(EXTRACT, Form.DOCBOOK, STAMP))
    space = f"{{{NAMESPACE}}}"
    identity = "{http://www.w3.org/XML/1998/namespace}id"
    assert (section.tag, section.attrib["version"]) == (f"{space}section", "5.0")
    table = section.find(f"{space}informaltable")
    assert table is not None
    assert (section.attrib[identity], table.attrib[identity]) == (
        f"implementation-{UID}",
        f"implementation-{UID}-table",
    )
    rows = [["".join(cell.itertext()) for cell in row] for row in table.iter(f"{space}tr")]
    assert rows == [["Item", "Value"], *([fact.label, fact.value + fact.remark] for fact in FACTS)]
    assert section.findtext(f"{space}title") == TITLE
    assert section.findtext(f"{space}para") == ORIGIN


def test_docx_has_what_a_document_must_have() -> None:
    content = write(EXTRACT, Form.DOCX, STAMP)
    held = parts(content)
    assert list(held) == ["[Content_Types].xml", "_rels/.rels", "docProps/core.xml", "word/document.xml"]
    for name, part in held.items():
        assert parsed(part) is not None, name
    assert paragraphs(content) == [
        TITLE,
        "Item",
        "Value",
        *(text for fact in FACTS for text in (fact.label, fact.value, fact.remark)),
        ORIGIN,
    ]
    assert b">2026-11-22T21:06:42Z<" in held["docProps/core.xml"]


@given(st.text(min_size=1))
def test_no_text_is_markup(text: str) -> None:
    extract, shown = named(text), visible(text)
    html = Reader(write(extract, Form.HTML, STAMP).decode("utf-8"))
    assert html.rows[2] == ["Implementation Version Name", f"{shown}x"]
    docbook = parsed(write(extract, Form.DOCBOOK, STAMP))
    assert docbook.findtext(f"{{{NAMESPACE}}}title") == f"Implementation identification of {shown} {shown}"
    assert paragraphs(write(extract, Form.DOCX, STAMP))[7] == shown
    assert shown in write(extract, Form.TEXT, STAMP).decode("utf-8")


@pytest.mark.parametrize("form", [Form.HTML, Form.DOCX])
def test_a_word_processor_keeps_the_table(writer: Office, form: Form) -> None:
    made = writer.convert(
        f"statement.{form.suffix}", write(EXTRACT, form, STAMP), "docx:MS Word 2007 XML", *OPENED[form]
    )
    document = parsed(parts(made["statement.docx"])["word/document.xml"])
    (table,) = document.iter(f"{WORD}tbl")
    cells = ["".join(text.text or "" for text in cell.iter(f"{WORD}t")) for cell in table.iter(f"{WORD}tc")]
    assert cells == ["Item", "Value", *(text for f in FACTS for text in (f.label, f.value + f.remark))]
    borders = {border.get(f"{WORD}val") for cell in table.iter(f"{WORD}tcBorders") for border in cell}
    assert "single" in borders


OPENED = {Form.HTML: ("--infilter=HTML (StarWriter)",), Form.DOCX: ()}
