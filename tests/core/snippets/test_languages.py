"""What is written into a string or a comment is read back by the language's own rules."""

from __future__ import annotations

import ast
import json
import re
import shlex
import tomllib
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from uidmanager.core.snippets.languages import Language, in_comment, in_string
from uidmanager.core.texts import check_text

if TYPE_CHECKING:
    from collections.abc import Callable

# What can be kept in a ledger as a name: any line of text without what hides or controls.
KEPT = st.text(max_size=40).filter(lambda text: not check_text(text, "name", 80))


def _json(written: str) -> str:
    return str(json.loads(f'"{written}"'))


def _python(written: str) -> str:
    return str(ast.literal_eval(f'"{written}"'))


def _c(written: str) -> str:
    plain = re.sub(r"\\(.)", lambda found: "?" if found[1] == "?" else found[0], written)
    return bytes(ast.literal_eval(f'b"{plain}"')).decode("utf-8")


def _rust(written: str) -> str:
    return _python(re.sub(r"\\u\{([0-9a-f]+)\}", lambda found: f"\\U{int(found[1], 16):08x}", written))


def _xml(written: str) -> str:
    return ET.fromstring(f'<a b="{written}"/>').get("b", "")  # noqa: S314 (our own text)


def _shell(word: str) -> str:
    (read,) = shlex.split(word)
    return read


def _without_backslashes(written: str) -> str:
    return re.sub(r"\\(.)", r"\1", written)


# Where no reader of the language is at hand, one with the same rules for the escapes that we use.
READ_BACK: dict[Language, Callable[[str], str]] = {
    Language.C: _c,
    Language.CMAKE: _without_backslashes,
    Language.CPP: _c,
    Language.CSHARP: _python,
    Language.DOTENV: _shell,
    Language.JAVA: _json,
    Language.JAVASCRIPT: _json,
    Language.JSON: _json,
    Language.PYTHON: _python,
    Language.REG: _without_backslashes,
    Language.RUST: _rust,
    Language.SHELL: lambda written: _shell(f"'{written}'"),
    Language.TOML: lambda written: str(tomllib.loads(f'x = "{written}"')["x"]),
    Language.XML: _xml,
}


@pytest.mark.parametrize("language", READ_BACK)
@given(text=KEPT)
@example(text='a"b\\c?d$e@f%g')
@example(text="é1 日本 😀7")
def test_a_string_is_read_back_as_it_was(language: Language, text: str) -> None:
    written = in_string(language, text)
    if written is None:
        assert language is Language.DOTENV
        assert "'" in text
    else:
        assert READ_BACK[language](written) == text
        assert "\n" not in written


@pytest.mark.parametrize("language", [Language.C, Language.CPP, Language.JAVA, Language.CSHARP, Language.RUST])
@given(text=KEPT)
def test_a_string_of_source_code_is_plain_ascii_without_trigraphs(language: Language, text: str) -> None:
    written = in_string(language, text)
    assert written is not None
    assert written.isascii()
    assert language not in {Language.C, Language.CPP} or "??" not in written


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("text", ["a\nb", "a\0b", "\u202eb", "a\u2028b", "\ud800"])
def test_what_cannot_be_seen_is_in_no_string(language: Language, text: str) -> None:
    assert in_string(language, text) is None


@pytest.mark.parametrize("language", [Language.BATCH, Language.INI, Language.PLAIN])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.2.826.0.1", "1.2.826.0.1"),
        ("CT Console", "CT Console"),
        ("%PATH%", None),
        ('a"b', None),
        ("a;b", None),
        ("ü", None),
    ],
)
def test_a_language_without_escapes_takes_only_what_is_safe(
    language: Language, text: str, expected: str | None
) -> None:
    assert in_string(language, text) == expected


def test_dotenv_stands_bare_where_it_can_and_in_quotes_where_it_must() -> None:
    assert in_string(Language.DOTENV, "CT_4.5") == "CT_4.5"
    assert in_string(Language.DOTENV, "CT #1") == "'CT #1'"
    assert in_string(Language.DOTENV, "") == "''"
    assert in_string(Language.DOTENV, "it's") is None


@pytest.mark.parametrize("language", [each for each in Language if each is not Language.JSON])
@given(text=st.text(max_size=60))
@example(text="*/*/ ??/ /*")
@example(text="\\")
def test_a_comment_stays_one_and_on_its_line(language: Language, text: str) -> None:
    written = in_comment(language, text)
    assert written is not None
    assert written.isprintable()
    assert not re.search(r"\\|\*/|/\*|\?\?|--|-$|coding[:=]|\[[\[=]", written)
    if language in {Language.C, Language.CPP, Language.JAVA, Language.BATCH}:
        assert written.isascii()
    if language is Language.BATCH:
        assert not set(written) & set('%^&|<>!"')


@given(text=st.text(max_size=60))
@example(text="coding: utf-7")
@example(text="-*- coding=latin-1 -*-")
def test_a_comment_does_not_tell_python_of_another_encoding(text: str) -> None:
    names: dict[str, object] = {}
    exec(compile(f"# {in_comment(Language.PYTHON, text)}\nx = 'é'\n".encode(), "uids.py", "exec"), names)  # noqa: S102
    assert names["x"] == "é"


@given(text=st.text(max_size=60))
def test_a_comment_of_toml_and_of_xml(text: str) -> None:
    assert tomllib.loads(f"# {in_comment(Language.TOML, text)}\nx = 1") == {"x": 1}
    assert ET.fromstring(f"<a><!--{in_comment(Language.XML, text)}--><b/></a>").find("b") is not None  # noqa: S314


def test_a_person_still_reads_what_a_comment_says() -> None:
    assert in_comment(Language.PYTHON, "Gerät 日本 a\\b\u202ec") == "Gerät 日本 a(U+005C)b(U+202E)c"
    assert in_comment(Language.C, "Gerät */ ??/") == "Ger(U+00E4)t * / ? ?/"
    assert in_comment(Language.BATCH, "50 %") == "50 (U+0025)"


def test_json_has_no_comments() -> None:
    assert in_comment(Language.JSON, "x") is None
