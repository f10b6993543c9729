from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from uidmanager.cli.running import commands
from uidmanager.cli.session import Session

if TYPE_CHECKING:
    from tests.cli.conftest import Caller

UID = "1.2.826.0.1.3680043.2.50.1.2.4.5.0.3"
NAME = "CTCONSOL_4.5.0.3"
GATE = ("check", "--product", "CT Console", "--version", "4.5.0.3")
DOCUMENT = (Path(__file__).parents[2] / "docs" / "release-gate.md").read_text(encoding="utf-8")


def dicom_file(where: Path, class_uid: str = UID, name: str = NAME) -> str:
    """A file as DICOM begins it, with the two elements that say who wrote it."""
    elements = b""
    for number, vr, value in ((0x12, b"UI", class_uid), (0x13, b"SH", name)):
        padded = value.encode() + b"\0" * (len(value) % 2)
        elements += bytes((2, 0, number, 0)) + vr + len(padded).to_bytes(2, "little") + padded
    where.write_bytes(bytes(128) + b"DICM" + elements)
    return str(where)


def test_what_is_registered_passes_and_its_uid_is_printed(acme: Caller, tmp_path: Path) -> None:
    assert acme.done(*GATE).out == f"{UID}\n"
    file = dicom_file(tmp_path / "a.dcm")
    result = acme.done(*GATE, "--class-uid", UID, "--version-name", NAME, "--file", file, "--file", file)
    assert (result.out, result.err) == (f"{UID}\n", "")
    answer = acme(*GATE, "--json").json
    assert (answer["uid"], answer["version_name"], answer["product"]) == (UID, NAME, "CT Console")
    assert (answer["version"], answer["file"], answer["changed"]) == ("4.5.0.3", None, False)


def test_every_difference_is_told_at_once(acme: Caller, tmp_path: Path) -> None:
    bad = dicom_file(tmp_path / "bad.dcm", "1.2.3", "X")
    (tmp_path / "text.dcm").write_text("no DICOM", encoding="utf-8")
    result = acme(
        *(*GATE, "--class-uid", "1.2", "--version-name", "Y", "--file", bad),
        *("--file", dicom_file(tmp_path / "good.dcm"), "--file", str(tmp_path / "text.dcm")),
    )
    assert (result.code, result.out) == (1, "")
    assert result.codes == [
        "check.class_uid_differs",
        "check.version_name_differs",
        "check.class_uid_differs",
        "check.version_name_differs",
        "dicom.unreadable",
    ]
    assert bad in result.err
    assert "good.dcm" not in result.err
    assert acme(*GATE, "--class-uid", "1.2", "--json").json["uid"] is None


def test_an_unreadable_file_alone_stops_the_release(acme: Caller, tmp_path: Path) -> None:
    assert acme(*GATE, "--file", str(tmp_path / "absent.dcm")).codes == ["dicom.unreadable"]
    assert acme(*GATE, "--file", "").code == 1


@pytest.mark.parametrize(
    ("product", "version", "code"),
    [
        ("CT Console", "4.5.0.4", "release.unknown"),
        ("Viewer", "4.5.0.3", "release.unknown"),
        ("MR", "4.5.0.3", "product.unknown"),
    ],
)
def test_what_is_not_registered_does_not_pass(acme: Caller, product: str, version: str, code: str) -> None:
    result = acme("check", "--product", product, "--version", version, "--class-uid", UID)
    assert (result.code, result.out, result.codes) == (1, "", [code])


def test_what_is_withdrawn_does_not_pass_and_nothing_is_written(acme: Caller, tmp_path: Path) -> None:
    acme.done("release", "withdraw", "2", "4.5.0.3", "--reason", "unsafe")
    result = acme(*GATE, "--write", str(tmp_path / "uids.h"))
    assert (result.code, result.codes) == (1, ["release.withdrawn"])
    assert not (tmp_path / "uids.h").exists()


def test_a_retired_product_passes_with_a_caution(acme: Caller) -> None:
    acme.done("product", "retire", "2", "--reason", "replaced")
    assert acme.done(*GATE).codes == ["standing.product_retired"]


def test_a_damaged_ledger_passes_nothing(acme: Caller, ledger: Path, tmp_path: Path) -> None:
    ledger.write_bytes(ledger.read_bytes().replace(b'"serial":"0372764"', b'"serial":"0372765"'))
    result = acme(*GATE, "--write", str(tmp_path / "uids.h"))
    assert (result.code, result.out, result.codes) == (3, "", ["ledger.damaged"])
    assert not (tmp_path / "uids.h").exists()


@pytest.mark.parametrize(
    ("file", "form"),
    [
        ("uids.h", None),
        ("uids.hpp", None),
        ("uids.cs", None),
        ("uids.java", None),
        ("uids.py", None),
        ("uids.rs", None),
        ("uids.mjs", None),
        ("uids.cmake", None),
        ("uids.json", None),
        ("uids.env", None),
        ("uids.js", "javascript"),
        ("Makefile.inc", "dotenv"),
    ],
)
def test_constants_are_written_once_and_then_not_touched(
    acme: Caller, tmp_path: Path, file: str, form: str | None
) -> None:
    where = tmp_path / file
    asked = (*GATE, "--write", str(where), *(() if form is None else ("--format", form)))
    first = acme(*asked, "--json").json
    assert (first["file"], first["changed"]) == (str(where), True)
    content, written = where.read_bytes(), where.stat()
    assert UID.encode() in content
    again = acme.done(*asked)
    assert again.codes == ["check.unchanged"]
    assert (where.read_bytes(), where.stat().st_mtime_ns, where.stat().st_ino) == (
        content,
        written.st_mtime_ns,
        written.st_ino,
    )


def test_constants_of_another_release_are_replaced_and_strange_files_are_not(acme: Caller, tmp_path: Path) -> None:
    acme.done("release", "add", "2", "4.6")
    file = tmp_path / "uids.h"
    acme.done("check", "--product", "2", "--version", "4.6", "--write", str(file))
    assert acme.done(*GATE, "--write", str(file)).codes == ["check.written"]
    assert UID in file.read_text(encoding="utf-8")
    file.write_text("precious", encoding="utf-8")
    assert acme(*GATE, "--write", str(file)).codes == ["file.not_ours"]
    assert file.read_text(encoding="utf-8") == "precious"
    assert acme.done(*GATE, "--write", str(file), "--force").codes == ["check.written"]


def test_a_ledger_is_never_written_over(acme: Caller, ledger: Path) -> None:
    before = ledger.read_bytes()
    assert acme(*GATE, "--write", str(ledger), "--format", "c", "--force").codes == ["file.protected"]
    assert ledger.read_bytes() == before


def test_a_name_that_a_format_cannot_say_is_refused(acme: Caller, tmp_path: Path) -> None:
    acme.done("release", "add", "2", "7", "--version-name", "it's 7")
    asked = ("check", "--product", "2", "--version", "7", "--write")
    result = acme(*asked, str(tmp_path / "uids.env"))
    assert (result.code, result.out, result.codes) == (1, "", ["snippet.not_sayable"])
    assert not (tmp_path / "uids.env").exists()
    acme.done(*asked, str(tmp_path / "uids.h"))


@pytest.mark.parametrize(
    "options",
    [
        ("check",),
        ("check", "--product", "2"),
        (*GATE, "--format", "c"),
        (*GATE, "--force"),
        (*GATE, "--write", ""),
        (*GATE, "--write", "-", "--format", "c"),
        (*GATE, "--write", "uids"),
        (*GATE, "--write", "uids.h", "--format", "pydicom"),
        (*GATE, "--write", "uids.h", "--format", "nix"),
        (*GATE, "more"),
    ],
)
def test_usage(acme: Caller, options: tuple[str, ...]) -> None:
    assert acme(*options).code == 2


def test_a_format_of_ones_own_and_a_broken_one(acme: Caller, home: Path, tmp_path: Path) -> None:
    folder = home / "config" / "snippets"
    folder.mkdir(parents=True)
    text = '# {{mark:comment}}\nUID = "{{uid}}"\n'
    head = 'title="Mine"\ntoolkit="Mine"\nlanguage="python"\nconstants=true\n[release]\nabout="Mine."\nfile="m.uids"\n'
    (folder / "mine.toml").write_text(f"{head}text='''\n{text}'''\n", encoding="utf-8")
    (folder / "c.toml").write_text(head, encoding="utf-8")
    acme.done(*GATE, "--write", str(tmp_path / "x.uids"))
    assert f'UID = "{UID}"' in (tmp_path / "x.uids").read_text(encoding="utf-8")
    for form in (("--format", "c"), ()):
        result = acme(*GATE, "--write", str(tmp_path / "uids.h"), *form)
        assert (result.code, result.out, result.codes) == (1, "", ["snippet.template_broken"])
    assert acme(*GATE, "--write", str(tmp_path / "uids.h"), "--format", "nix").code == 2
    acme.done(*GATE, "--write", str(tmp_path / "uids.hpp"))


CONSOLE = r"""
#include <stdio.h>
#include <string.h>
#include "uids.h"

static void element(FILE *file, char number, const char *vr, const char *value)
{
    unsigned size = (unsigned)strlen(value);
    char head[8] = {2, 0, number, 0, vr[0], vr[1], (char)(size + size % 2), 0};
    fwrite(head, 1, 8, file);
    fwrite(value, 1, size + size % 2, file);
}

int main(int count, char **given)
{
    static const char preamble[129];
    FILE *file = fopen(given[count - 1], "wb");
    fwrite(preamble, 1, 128, file);
    fputs("DICM", file);
    element(file, 0x12, "UI", IMPLEMENTATION_CLASS_UID);
    element(file, 0x13, "SH", IMPLEMENTATION_VERSION_NAME);
    return fclose(file);
}
"""


def make(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    program = shutil.which("make")
    if program is None or shutil.which("cc") is None:
        pytest.skip("make or cc is not on this computer")
    command = f"{shlex.quote(sys.executable)} -m uidmanager"
    environment = {**os.environ, "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    environment |= {"XDG_STATE_HOME": str(folder), "XDG_CACHE_HOME": str(folder)}
    return subprocess.run(
        [program, f"UIDMANAGER={command}", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )


def test_the_makefile_of_the_document(acme: Caller, tmp_path: Path) -> None:
    (makefile,) = re.findall(r"```make\n(.*?)```", DOCUMENT, re.DOTALL)
    folder = tmp_path / "build"
    folder.mkdir()
    (folder / "Makefile").write_text(makefile, encoding="utf-8")
    (folder / "console.c").write_text(CONSOLE, encoding="utf-8")
    first = make(folder, "release")
    assert first.returncode == 0, first.stderr
    assert "cc -o console" in first.stdout
    again = make(folder, "release")
    assert again.returncode == 0, again.stderr
    assert "check.unchanged" in again.stderr
    assert "cc -o console" not in again.stdout
    acme.done("release", "add", "2", "4.6")
    other = make(folder, "release", "VERSION=4.6")
    assert other.returncode == 0, other.stderr
    assert "cc -o console" in other.stdout
    acme.done("release", "withdraw", "2", "4.6", "--reason", "unsafe")
    stopped = make(folder, "release", "VERSION=4.6")
    assert stopped.returncode != 0
    assert "release.withdrawn" in stopped.stderr


def test_the_commands_in_the_document_are_commands(call: Caller) -> None:
    blocks = re.findall(r"```yaml\n(.*?)```", DOCUMENT, re.DOTALL)
    asked = [line for block in blocks for line in block.splitlines() if "uidmanager check" in line]
    assert len(asked) == 4
    session = Session(call.desk, call.open_window)
    for line in asked:
        _, *argv = shlex.split(line[line.index("uidmanager ") :])
        context = commands.make_context("uidmanager", argv, resilient_parsing=True, obj=session)
        command = commands.get_command(context, argv[0])
        assert command is not None
        parsed = command.make_context(argv[0], argv[1:], parent=context)
        assert parsed.params["product"] == "CT Console"
        assert parsed.params["files"] or parsed.params["form"] == "c"


def test_the_yaml_of_the_document_is_indented_by_two_and_without_tabs() -> None:
    for block in re.findall(r"```yaml\n(.*?)```", DOCUMENT, re.DOTALL):
        for line in block.splitlines():
            assert "\t" not in line
            assert (len(line) - len(line.lstrip(" "))) % 2 == 0
