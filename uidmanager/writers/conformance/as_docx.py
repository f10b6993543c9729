"""An extract as a Word document of one heading, one table and one sentence, to be opened and copied from.

Only what such a document must have is written (ECMA-376): the list of parts, the relations, the text, the properties.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from uidmanager.core.texts import visible
from uidmanager.writers.conformance.wording import HEADS, heading, origin

if TYPE_CHECKING:
    from uidmanager.core.reports.conformance import Extract, Fact
    from uidmanager.writers.stamp import Stamp

_XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE: Final = "http://schemas.openxmlformats.org"
_WORD: Final = f"{_OFFICE}/wordprocessingml/2006/main"
_PACKAGE: Final = f"{_OFFICE}/package/2006"
_BORN: Final = (1980, 1, 1, 0, 0, 0)  # the first day that a ZIP knows, so that the same rows make the same bytes
_WIDTHS: Final = (2500, 6500)  # of the columns, in twentieths of a point; together as wide as a page's text
_PAGE: Final = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="720" w:footer="720" w:gutter="0"/>'
    "</w:sectPr>"
)
_SIDES: Final = ("top", "left", "bottom", "right", "insideH", "insideV")
_BOLD: Final = "<w:b/>"
_CODE: Final = (  # 64 of its letters fit into a cell
    '<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/><w:sz w:val="16"/><w:szCs w:val="16"/>'
)
_SMALL: Final = '<w:color w:val="57606A"/><w:sz w:val="16"/><w:szCs w:val="16"/>'
_LARGE: Final = '<w:b/><w:sz w:val="28"/><w:szCs w:val="28"/>'


def write(extract: Extract, stamp: Stamp) -> bytes:
    """The document, a ZIP archive."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in _parts(extract, stamp).items():
            packed.writestr(zipfile.ZipInfo(name, _BORN), _XML + content, zipfile.ZIP_DEFLATED)
    return held.getvalue()


def _parts(extract: Extract, stamp: Stamp) -> dict[str, str]:
    types = "application/vnd.openxmlformats-"
    relation = f"{_OFFICE}/officeDocument/2006/relationships/officeDocument"
    properties = f"{_PACKAGE}/relationships/metadata/core-properties"
    return {
        "[Content_Types].xml": (
            f'<Types xmlns="{_PACKAGE}/content-types">'
            f'<Default Extension="rels" ContentType="{types}package.relationships+xml"/>'
            '<Override PartName="/word/document.xml" '
            f'ContentType="{types}officedocument.wordprocessingml.document.main+xml"/>'
            f'<Override PartName="/docProps/core.xml" ContentType="{types}package.core-properties+xml"/></Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{_PACKAGE}/relationships">'
            f'<Relationship Id="rId1" Type="{relation}" Target="word/document.xml"/>'
            f'<Relationship Id="rId2" Type="{properties}" Target="docProps/core.xml"/></Relationships>'
        ),
        "docProps/core.xml": _properties(extract, stamp),
        "word/document.xml": _document(extract, stamp),
    }


def _properties(extract: Extract, stamp: Stamp) -> str:
    at = f"{stamp.made_at[:19]}Z"
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{_text(heading(extract))}</dc:title><dc:creator>{_text(stamp.by)}</dc:creator>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{at}</dcterms:created></cp:coreProperties>'
    )


def _document(extract: Extract, stamp: Stamp) -> str:
    heads = _row([_paragraph(head, _BOLD) for head in HEADS], "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>", "E7EBEF")
    rows = "".join(map(_fact, extract.facts))
    borders = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>' for side in _SIDES)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in _WIDTHS)
    return (
        f'<w:document xmlns:w="{_WORD}"><w:body>{_paragraph(heading(extract), _LARGE)}'
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(_WIDTHS)}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{heads}{rows}</w:tbl>'
        f"{_paragraph(origin(extract, stamp), _SMALL)}{_PAGE}</w:body></w:document>"
    )


def _fact(fact: Fact) -> str:
    value = _paragraph(fact.value, _CODE) + _paragraph(fact.remark, _SMALL)
    return _row([_paragraph(fact.label), value], "<w:trPr><w:cantSplit/></w:trPr>")


def _row(cells: list[str], properties: str, shade: str = "") -> str:
    shading = f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else ""
    drawn = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shading}</w:tcPr>{cell}</w:tc>'
        for width, cell in zip(_WIDTHS, cells, strict=True)
    )
    return f"<w:tr>{properties}{drawn}</w:tr>"


def _paragraph(text: str, look: str = "") -> str:
    spacing = '<w:pPr><w:spacing w:before="60" w:after="60"/></w:pPr>'
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:p>{spacing}<w:r>{properties}<w:t xml:space="preserve">{_text(text)}</w:t></w:r></w:p>'


def _text(text: str) -> str:
    return escape(visible(text))
