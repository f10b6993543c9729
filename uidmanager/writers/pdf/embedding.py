"""Fonts in the file: only the glyphs that were shown, with the text that each code stands for.

A composite font of two-byte codes (ISO 32000-1, 9.7): the codes are ours, a map leads from them to the glyphs, another
one (``ToUnicode``, 9.10.3) to the text.
"""

from __future__ import annotations

import struct
from hashlib import sha256
from typing import TYPE_CHECKING, Final

import uharfbuzz as hb
from reportlab.pdfbase.pdfdoc import PDFArrayCompact, PDFDictionary, PDFName, PDFString

from uidmanager.writers.pdf.faces import EM
from uidmanager.writers.pdf.file import packed

if TYPE_CHECKING:
    from uidmanager.writers.pdf.faces import Face
    from uidmanager.writers.pdf.file import PdfFile

_NOT_FOR_PRINT: Final = ("GSUB", "GPOS", "GDEF", "name", "OS/2", "post", "cmap", "FFTM", "kern", "gasp")
_IN_A_BLOCK: Final = 100  # as many mappings as a reader must take at once
_SYMBOLIC: Final = 4
_STEM: Final = 80
_POSTSCRIPT_NAME: Final = 6
_BOX_IN_HEAD: Final = slice(36, 44)
_TAG_LETTERS: Final = 6


def embedded(face: Face, file: PdfFile) -> object:
    """The font, put into the file with what was shown of it until now."""
    used = face.used
    font, new_numbers = _subset(face)
    name = f"{_tag(used)}+{face.hb_face.get_name(_POSTSCRIPT_NAME)}"
    to_glyphs = b"".join(struct.pack(">H", new_numbers.get(glyph, 0)) for glyph, _ in used)
    widths = [round(face.advance(glyph), 2) for glyph, _ in used]
    descendant = {
        "Type": PDFName("Font"),
        "Subtype": PDFName("CIDFontType2"),
        "BaseFont": PDFName(name),
        "CIDSystemInfo": PDFDictionary(
            {"Registry": PDFString("Adobe"), "Ordering": PDFString("Identity"), "Supplement": 0}
        ),
        "FontDescriptor": file.add(_descriptor(face, name, file.add_stream(packed(font), Length1=len(font)))),
        "W": PDFArrayCompact([0, PDFArrayCompact(widths)]),
        "CIDToGIDMap": file.add_stream(packed(to_glyphs)),
    }
    composite = {
        "Type": PDFName("Font"),
        "Subtype": PDFName("Type0"),
        "BaseFont": PDFName(name),
        "Encoding": PDFName("Identity-H"),
        "DescendantFonts": PDFArrayCompact([file.add(PDFDictionary(descendant))]),
        "ToUnicode": file.add_stream(packed(_to_unicode([text for _, text in used]))),
    }
    return file.add(PDFDictionary(composite))


def _subset(face: Face) -> tuple[bytes, dict[int, int]]:
    """The font with only the glyphs that were shown, and their new numbers."""
    wanted = hb.SubsetInput()
    wanted.glyph_set.update(sorted({glyph for glyph, _ in face.used}))
    wanted.flags = hb.SubsetFlags.NO_LAYOUT_CLOSURE | hb.SubsetFlags.NOTDEF_OUTLINE | hb.SubsetFlags.NO_HINTING
    wanted.drop_table_tag_set.update([int.from_bytes(table.encode(), "big") for table in _NOT_FOR_PRINT])
    plan = hb.SubsetPlan(face.hb_face, wanted)
    font = bytes(plan.execute().blob.data)
    return font, dict(plan.old_to_new_glyph_mapping)


def _tag(used: list[tuple[int, str]]) -> str:
    """Six letters before the font's name that tell one subset from another (ISO 32000-1, 9.6.4)."""
    digest = sha256(repr(used).encode()).digest()
    return "".join(chr(ord("A") + byte % 26) for byte in digest[:_TAG_LETTERS])


def _descriptor(face: Face, name: str, font: object) -> PDFDictionary:
    scale = EM / face.hb_face.upem
    box = struct.unpack(">4h", face.hb_face.reference_table("head").data[_BOX_IN_HEAD])
    extents = hb.Font(face.hb_face).get_font_extents("ltr")
    ascent = round(extents.ascender * scale)
    return PDFDictionary(
        {
            "Type": PDFName("FontDescriptor"),
            "FontName": PDFName(name),
            "Flags": _SYMBOLIC,
            "FontBBox": PDFArrayCompact([round(each * scale) for each in box]),
            "ItalicAngle": 0,
            "Ascent": ascent,
            "Descent": round(extents.descender * scale),
            "CapHeight": ascent,
            "StemV": _STEM,
            "FontFile2": font,
        }
    )


def _to_unicode(texts: list[str]) -> bytes:
    """The map from codes to text; a code that stands for nothing of its own has no line."""
    lines = [f"<{code:04x}> <{text.encode('utf-16-be').hex()}>\n" for code, text in enumerate(texts) if text]
    blocks = [lines[start : start + _IN_A_BLOCK] for start in range(0, len(lines), _IN_A_BLOCK)]
    mappings = "".join(f"{len(block)} beginbfchar\n{''.join(block)}endbfchar\n" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n"
        f"{mappings}endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode("ascii")
