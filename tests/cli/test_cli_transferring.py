from __future__ import annotations

import json
from typing import TYPE_CHECKING

import jsonschema
import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Caller

MOVED = ("--reason", "Moved to the new server")


@pytest.fixture
def document(acme: Caller, tmp_path: Path) -> Path:
    """The registry of the transcript as a document."""
    file = tmp_path / "acme.json"
    acme.done("export", "-o", str(file))
    return file


@pytest.fixture
def new(tmp_path: Path) -> Path:
    return tmp_path / "new.jsonl"


def test_export_goes_to_stdout_or_into_a_file(acme: Caller, document: Path) -> None:
    printed = acme.done("export").out
    assert acme.done("export", "-o", "-").out.splitlines()[4:] == printed.splitlines()[4:]
    assert document.read_text(encoding="utf-8").splitlines()[4:] == printed.splitlines()[4:]
    found = json.loads(printed)
    assert (found["made_by"], found["station"], found["app"]) == ("anna", "LINE-3", "0.1.0")
    assert [it["serial"] for it in found["installations"]] == ["0372764"]


def test_the_schema_holds_what_is_exported(acme: Caller, tmp_path: Path, document: Path) -> None:
    schema = json.loads(acme.done("--ledger", str(tmp_path / "none"), "export", "--schema").out)
    jsonschema.Draft202012Validator(schema).validate(json.loads(document.read_bytes()))
    file = tmp_path / "schema.json"
    acme.done("export", "--schema", "-o", str(file))
    assert json.loads(file.read_bytes()) == schema


def test_a_file_that_is_there_is_kept_unless_it_is_forced_and_a_ledger_always(
    acme: Caller, document: Path, ledger: Path
) -> None:
    before = ledger.read_bytes()
    assert acme("export", "-o", str(document)).codes == ["file.exists"]
    acme.done("export", "-o", str(document), "--force")
    assert acme("export", "-o", str(ledger), "--force").codes == ["file.protected"]
    assert ledger.read_bytes() == before


def test_export_answers_json_beside_a_file_only(acme: Caller, tmp_path: Path) -> None:
    assert acme("export", "--json").code == 2
    assert acme("export", "-o", "").code == 2
    file = tmp_path / "x.json"
    answer = acme("export", "--json", "-o", str(file)).json
    assert (answer["entries"], answer["root"], answer["file"]) == (5, "1.2.826.0.1.3680043.2.50", str(file))
    assert json.loads(file.read_bytes())["head"] == answer["head"]


def test_from_a_ledger_in_trouble_nothing_is_exported(acme: Caller, ledger: Path, tmp_path: Path) -> None:
    """The numbers after the trouble would be given again."""
    ledger.write_bytes(ledger.read_bytes().replace(b"0372764", b"0372765"))
    file = tmp_path / "x.json"
    for argv in (("export",), ("export", "-o", str(file))):
        result = acme(*argv)
        assert (result.code, result.codes, result.out) == (3, ["ledger.damaged"], "")
    assert not file.exists()


def test_import_founds_a_registry_that_says_where_it_came_from(acme: Caller, document: Path, new: Path) -> None:
    result = acme.done("--ledger", str(new), "import", str(document), *MOVED)
    assert result.codes == ["import.one_registry"]
    shown = dict(line.split(None, 1) for line in result.lines)
    assert (shown["products"], shown["releases"], shown["installations"], shown["entries"]) == ("2", "1", "1", "4")
    rows = acme("--ledger", str(new), "history", "--json").json["rows"]
    assert [row["what"] for row in rows] == [
        "registry founded",
        "registry imported",
        "product imported",
        "product imported",
        "release imported",
        "installation imported",
    ]
    assert {row["why"] for row in rows} == {"Moved to the new server"}
    acme.done("--ledger", str(new), "verify")
    assert acme.done("--ledger", str(new), "product", "add", "MR").out == "3\n"
    assert acme("--ledger", str(new), "assign", "372764").codes == ["serial.taken"]


def test_import_answers_json(acme: Caller, document: Path, new: Path) -> None:
    tried = acme("--ledger", str(new), "import", str(document), *MOVED, "--dry-run", "--json").json
    assert (tried["entries"], tried["registry"], tried["dry_run"], tried["products"]) == (None, None, True, 2)
    assert not new.exists()
    done = acme("--ledger", str(new), "import", str(document), *MOVED, "--json").json
    assert (done["entries"], done["dry_run"], done["installations"]) == (4, False, 1)
    assert done["document"] == tried["document"]
    assert json.loads(new.read_bytes().splitlines()[0])["events"][0]["registry"] == done["registry"]


def test_what_is_exported_again_has_the_first_origins(acme: Caller, document: Path, new: Path) -> None:
    acme.done("--ledger", str(new), "import", str(document), *MOVED)
    was, now = json.loads(document.read_bytes()), json.loads(acme.done("--ledger", str(new), "export").out)
    for name in ("products", "releases", "installations"):
        for it in was[name]:
            it["registered"]["registry"] = was["registry"]
        assert now[name] == was[name]
    assert now["registry"] != was["registry"]


def test_a_reason_is_required(acme: Caller, document: Path, new: Path) -> None:
    for more in ((), ("--reason", " "), ("--dry-run",)):
        result = acme("--ledger", str(new), "import", str(document), *more)
        assert result.code == 1
        assert "reason.missing" in result.codes
    assert not new.exists()


def test_a_ledger_that_is_there_is_left_as_it_is(acme: Caller, document: Path, ledger: Path) -> None:
    before = ledger.read_bytes()
    for more in ((), ("--dry-run",)):
        result = acme("import", str(document), *MOVED, *more)
        assert (result.code, result.codes) == (3, ["ledger.exists"])
    assert ledger.read_bytes() == before


def test_who_looks_only_imports_nothing(acme: Caller, document: Path, new: Path) -> None:
    result = acme("--read-only", "--ledger", str(new), "import", str(document), *MOVED)
    assert (result.code, result.codes) == (3, ["ledger.view_only"])
    acme.done("--read-only", "--ledger", str(new), "import", str(document), *MOVED, "--dry-run")
    assert not new.exists()


def test_a_registry_that_went_on_since_is_exported_anew(acme: Caller, document: Path, new: Path) -> None:
    acme.done("assign", "5")
    result = acme("--ledger", str(new), "import", str(document), *MOVED)
    assert result.code == 1
    assert "import.outdated" in result.codes
    assert not new.exists()


def test_all_problems_are_told_at_once_with_their_places(acme: Caller, document: Path, new: Path) -> None:
    whole = json.loads(document.read_bytes())
    whole["products"][0]["name"] = "77"
    whole["installations"][0]["uid"] += "1"
    document.write_text(json.dumps(whole), encoding="utf-8")
    problems = acme("--ledger", str(new), "import", str(document), *MOVED, "--json").json["problems"]
    assert [(problem["code"], problem["field"]) for problem in problems] == [
        ("product.name_numeric", "/products/0"),
        ("document.uid", "/installations/0"),
    ]
    del whole["head"]
    document.write_text(json.dumps(whole), encoding="utf-8")
    result = acme("--ledger", str(new), "import", str(document), *MOVED)
    assert (result.code, result.codes) == (1, ["document.shape"])
    assert not new.exists()


def test_on_a_terminal_it_is_shown_how_far_it_is(
    acme: Caller, document: Path, new: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    said = acme.done("--ledger", str(new), "import", str(document), *MOVED).err
    assert "\rReading the document: 0 %" in said
    assert "\rWriting the ledger: 0 %" in said
