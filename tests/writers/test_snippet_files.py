from __future__ import annotations

from pathlib import Path

import pytest

from tests.snippets.facts import installation, release, snippet
from uidmanager.core.snippets.templates import MARK
from uidmanager.writers.files import FileProtectedError, FileUnwritableError
from uidmanager.writers.snippet_files import FileNotOursError, content_of, write_constants


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "uids.h"


def test_what_is_as_it_should_be_is_not_touched(file: Path) -> None:
    made = snippet("c", release())
    assert write_constants(file, made) is True
    before = file.stat()
    assert write_constants(file, made) is False
    assert write_constants(file, made, force=True) is False
    after = file.stat()
    assert (before.st_mtime_ns, before.st_ino) == (after.st_mtime_ns, after.st_ino)
    assert file.read_bytes() == content_of(made)


@pytest.mark.parametrize("language", ["c", "cpp", "csharp", "java", "python", "rust", "javascript", "cmake", "json"])
def test_one_of_ours_is_replaced(file: Path, language: str) -> None:
    write_constants(file, snippet(language, release("OLD")))
    assert write_constants(file, snippet("c", release("NEW"))) is True
    assert b'"NEW"' in file.read_bytes()


@pytest.mark.parametrize("content", [b"", b"int main(void);\n", b"x" * 5000 + MARK.encode()])
def test_what_is_not_ours_is_kept_unless_forced(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    with pytest.raises(FileNotOursError, match=r"uids\.h does not look like"):
        write_constants(file, snippet("c", release()))
    assert file.read_bytes() == content
    assert write_constants(file, snippet("c", release()), force=True) is True
    assert MARK.encode() in file.read_bytes()


def test_what_begins_as_it_should_and_goes_on_is_written_anew(file: Path) -> None:
    made = snippet("c", release())
    file.write_bytes(content_of(made) + b"// more\n")
    assert write_constants(file, made) is True
    assert file.read_bytes() == content_of(made)


@pytest.mark.parametrize("force", [False, True])
def test_a_ledger_is_never_written_over(file: Path, *, force: bool) -> None:
    content = b'{"h":"' + MARK.encode()
    file.write_bytes(content)
    with pytest.raises(FileProtectedError):
        write_constants(file, snippet("c", release()), force=force)
    assert file.read_bytes() == content


def test_a_folder_and_a_place_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(FileNotOursError):
        write_constants(tmp_path, snippet("c", release()))
    with pytest.raises(FileProtectedError):
        write_constants(tmp_path, snippet("c", release()), force=True)
    with pytest.raises(FileUnwritableError):
        write_constants(tmp_path / "no" / "uids.h", snippet("c", release()))
    with pytest.raises(FileUnwritableError):
        write_constants(Path("a\0b"), snippet("c", release()))


def test_the_bytes_are_utf_8_unless_the_toolkit_wants_others() -> None:
    assert content_of(snippet("python", release(product="Gerät"))).decode("utf-8").startswith("# Written")
    assert content_of(snippet("dicomobjects-reg", installation()))[:4] == b"\xff\xfeW\0"
