"""The files for DicomObjects, byte by byte: regedit and cmd are not here to read them."""

from __future__ import annotations

from tests.snippets.facts import HOSTILE_WORDS, ROOT, installation, lines, snippet
from uidmanager.writers.snippet_files import content_of

KEY = r"HKEY_LOCAL_MACHINE\SOFTWARE\Medical Connections\DicomObjects"


def test_the_registry_file_is_as_regedit_writes_it() -> None:
    content = content_of(snippet("dicomobjects-reg", installation(product=HOSTILE_WORDS)))
    assert content[:2] == b"\xff\xfe"
    text = content[2:].decode("utf-16-le")
    assert text.replace("\r\n", "").count("\n") == 0
    first, empty, comment, *rest = text.split("\r\n")
    assert (first, empty, comment[:2]) == ("Windows Registry Editor Version 5.00", "", "; ")
    assert rest == [f"[{KEY}]", f'"UIDRoot"="{ROOT}"', ""]


def test_reg_add_writes_both_views() -> None:
    comment, *commands = lines("dicomobjects-reg-add", installation(product=HOSTILE_WORDS)).split("\r\n")
    assert comment.isascii()
    assert not set(comment) & set('%^&|<>!"')
    key = r'"HKLM\SOFTWARE\Medical Connections\DicomObjects"'
    written = f"reg add {key} /v UIDRoot /t REG_SZ /d {ROOT} /f"
    assert commands == [f"{written} /reg:64", f"{written} /reg:32", ""]
