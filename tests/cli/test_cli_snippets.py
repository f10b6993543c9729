from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Caller

ROOT = "1.2.826.0.1.3680043.2.50"
UID = f"{ROOT}.1.2.4.5.0.3"
UNIT = f"{ROOT}.2.372764"
MINE = (
    'title="Mine"\ntoolkit="Mine"\nlanguage="python"\n[release]\nabout="Mine."\nfile="m.py"\ntext=\'U = "{{uid}}"\'\n'
)


@pytest.fixture
def own(home: Path) -> Path:
    """The folder of this user's own templates."""
    folder = home / "config" / "snippets"
    folder.mkdir(parents=True)
    return folder


@pytest.mark.parametrize("named", ["CT Console 4.5.0.3", "ct console v4.5.0.3", "2 4.5.0.3"])
def test_the_lines_of_a_release_are_on_stdout_and_what_is_said_beside_it(acme: Caller, named: str) -> None:
    result = acme.done("snippet", "pydicom", "--release", named)
    assert f'ds.file_meta.ImplementationClassUID = "{UID}"' in result.lines
    assert result.codes == ["snippet.note"]


def test_what_is_refused_says_only_why(acme: Caller) -> None:
    acme.done("installation", "retire", "0372764", "--reason", "scrapped")
    assert acme("snippet", "c", "--installation", "0372764").codes == ["installation.not_active"]


@pytest.mark.parametrize("serial", ["0372764", "372764"])
def test_the_lines_of_an_installation_come_with_the_warning_for_this_root(acme: Caller, serial: str) -> None:
    result = acme.done("snippet", "DCMTK-cmake", "--installation", serial)
    assert f'\\"{UNIT}\\"' in result.out
    assert "37 characters, 17 more than 20" in result.err  # with the .1.4 that DCMTK puts behind it
    assert ("serial.read_as" in result.codes) is (serial == "372764")


def test_json_says_it_all(acme: Caller) -> None:
    answer = acme("snippet", "gdcm", "--installation", "0372764", "--json").json
    assert {name: answer[name] for name in ("name", "toolkit", "for", "language", "uid", "proposed", "file")} == {
        "name": "gdcm",
        "toolkit": "GDCM",
        "for": "installation",
        "language": "cpp",
        "uid": UNIT,
        "proposed": "uidroot.cxx",
        "file": None,
    }
    assert f'SetRoot("{UNIT}");' in answer["text"]
    assert [each["code"] for each in answer["notices"]] == ["snippet.little_room", "snippet.caution"]


@pytest.mark.parametrize("options", [(), ("--list",), ("pydicom", "--list")])
def test_the_list_needs_no_ledger(call: Caller, options: tuple[str, ...]) -> None:
    lines = call.done("snippet", *options).lines
    assert lines[0].split() == ["name", "for", "toolkit", "what"]
    assert any(line.startswith("dcmtk-cmake ") for line in lines)


def test_the_list_for_one_purpose(call: Caller) -> None:
    rows = call("snippet", "--installation", "7", "--json").json["rows"]
    assert {row["for"] for row in rows} == {"installation"}
    assert {row["name"] for row in call("snippet", "--release", "x", "--json").json["rows"]} >= {"itk", "c"}


def test_a_file_has_the_bytes_that_the_toolkit_wants(acme: Caller, tmp_path: Path) -> None:
    file = tmp_path / "root.reg"
    result = acme.done("snippet", "dicomobjects-reg", "--installation", "0372764", "-o", str(file))
    assert result.out == ""
    assert result.codes[-1] == "snippet.note"
    assert "snippet.written" in result.codes
    content = file.read_bytes()
    assert content.startswith(b"\xff\xfe")
    assert f'"UIDRoot"="{UNIT}"\r\n' in content.decode("utf-16")
    on_stdout = acme.done("snippet", "dicomobjects-reg", "--installation", "0372764", "-o", "-").out
    assert on_stdout.replace("\r", "") == content.decode("utf-16").replace("\r", "")


def test_a_file_that_is_there_is_kept_and_a_ledger_always(acme: Caller, ledger: Path, tmp_path: Path) -> None:
    file = tmp_path / "uids.h"
    file.write_text("precious", encoding="utf-8")
    asked = ("snippet", "c", "--release", "2 4.5.0.3", "-o")
    assert acme(*asked, str(file)).codes[-1] == "file.exists"
    assert file.read_text(encoding="utf-8") == "precious"
    acme.done(*asked, str(file), "--force")
    assert UID in file.read_text(encoding="utf-8")
    before = ledger.read_bytes()
    assert acme(*asked, str(ledger), "--force").codes == ["file.protected"]
    assert ledger.read_bytes() == before


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (("nix", "--release", "2 4.5.0.3"), "snippet.unknown"),
        (("DicomObjects", "--installation", "0372764"), "snippet.several"),
        (("conquest", "--release", "2 4.5.0.3"), "snippet.other_purpose"),
        (("itk", "--release", "2 4.5.0.3"), "snippet.cannot"),
        (("c", "--release", "CT Console 9"), "release.unknown"),
        (("c", "--release", "4.5.0.3"), "release.not_named"),
        (("c", "--release", ""), "release.not_named"),
        (("c", "--installation", "5"), "installation.unknown"),
        (("c", "--installation", "A5"), "serial.not_numeric"),
    ],
)
def test_what_cannot_be_had_is_refused_with_nothing_on_stdout(acme: Caller, asked: tuple[str, ...], code: str) -> None:
    result = acme("snippet", *asked)
    assert (result.code, result.out) == (1, "")
    assert code in result.codes
    answer = acme("snippet", *asked, "--json").json
    assert answer["text"] is None
    assert [each["code"] for each in answer["problems"]] == [code]


def test_nothing_for_what_is_withdrawn_void_or_retired(acme: Caller) -> None:
    acme.done("assign", "8")
    acme.done("installation", "void", "0372764", "--reason", "misread")
    acme.done("installation", "retire", "8", "--reason", "scrapped")
    acme.done("release", "withdraw", "2", "4.5.0.3", "--reason", "unsafe")
    for asked, code in (
        (("--installation", "0372764"), "installation.not_active"),
        (("--installation", "8"), "installation.not_active"),
        (("--release", "2 4.5.0.3"), "release.withdrawn"),
    ):
        result = acme("snippet", "python", *asked)
        assert (result.code, result.out) == (1, "")
        assert code in result.codes


@pytest.mark.parametrize(
    "options",
    [
        ("c",),
        ("c", "--release", "x", "--installation", "7"),
        ("c", "--release", "x", "-o", ""),
        ("-o", "list.txt"),
        ("--list", "-o", "list.txt"),
        ("c", "d", "--release", "x"),
    ],
)
def test_usage(acme: Caller, options: tuple[str, ...]) -> None:
    assert acme("snippet", *options).code == 2


def test_a_damaged_ledger_hands_nothing_on(acme: Caller, ledger: Path) -> None:
    ledger.write_bytes(ledger.read_bytes().replace(b'"serial":"0372764"', b'"serial":"0372765"'))
    result = acme("snippet", "c", "--release", "2 4.5.0.3")
    assert (result.code, result.out, result.codes) == (3, "", ["ledger.damaged"])


def test_a_template_of_ones_own(acme: Caller, own: Path) -> None:
    (own / "mine.toml").write_text(MINE, encoding="utf-8")
    assert acme.done("snippet", "mine", "--release", "2 4.5.0.3").out == f'U = "{UID}"'
    assert any(line.startswith("mine ") for line in acme.done("snippet").lines)


def test_a_broken_template_of_ones_own_refuses_itself_and_no_other(acme: Caller, own: Path) -> None:
    (own / "c.toml").write_text(MINE.replace("{{uid}}", "{{iud}}"), encoding="utf-8")
    listed = acme.done("snippet")
    assert listed.codes == ["snippet.template_broken"]
    assert listed.err.startswith("caution: ")
    refused = acme("snippet", "C", "--release", "2 4.5.0.3")
    assert (refused.code, refused.out, refused.codes) == (1, "", ["snippet.template_broken"])
    assert f"{own / 'c.toml'}" in refused.err
    assert "“iud” is not known" in refused.err
    assert UID in acme.done("snippet", "cpp", "--release", "2 4.5.0.3").out
