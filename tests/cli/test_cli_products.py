from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Caller


def test_add_json(acme: Caller) -> None:
    answer = acme("product", "add", "Printer", "--code", "PRN", "--json").json
    assert answer == {"ok": True, "number": 3, "entry": 6, "dry_run": False, "notices": [], "problems": []}


def test_add_with_a_number_of_ones_own(acme: Caller) -> None:
    result = acme.done("product", "add", "Archive", "--number", "7")
    assert result.out == "7\n"
    assert result.codes == ["product.number_gap"]
    assert acme.done("product", "add", "Next").out == "8\n"


def test_zeros_before_a_number_mean_nothing(acme: Caller) -> None:
    assert acme.done("product", "add", "Archive", "--number", "007").out == "7\n"


@pytest.mark.parametrize("number", ["１", "1_0", " 3", "+3", "-3", "3.0", "0x3", "", "three", "9" * 5000, "\udcff"])
def test_what_is_no_number_is_a_usage_error(acme: Caller, ledger: Path, number: str) -> None:
    before = ledger.read_bytes()
    result = acme("product", "add", "Archive", "--number", number)
    assert result.code == 2
    assert not result.out
    assert result.codes == ["usage"]
    assert "--number" in result.err
    assert len(result.err) < 400
    assert ledger.read_bytes() == before


def test_a_number_beyond_the_range_is_refused_by_the_rule(acme: Caller) -> None:
    result = acme("product", "add", "Archive", "--number", "99999999999999999999")
    assert result.code == 1
    assert result.codes == ["product.number_range"]


def test_add_refused(acme: Caller) -> None:
    result = acme("product", "add", "viewer", "--json")
    assert result.code == 1
    answer = result.json
    assert answer["number"] is None
    assert answer["entry"] is None
    (problem,) = answer["problems"]
    assert problem["code"] == "product.name_taken"
    assert problem["field"] == "name"
    assert problem["severity"] == "error"


def test_several_problems_are_all_told(acme: Caller) -> None:
    result = acme("product", "add", "Viewer", "--number", "2", "--code", "not a code")
    assert result.code == 1
    assert set(result.codes) == {"product.name_taken", "product.number_taken", "product.code_invalid"}


def test_dry_run(acme: Caller, ledger: Path) -> None:
    before = ledger.read_bytes()
    result = acme.done("product", "add", "Printer", "--dry-run")
    assert result.out == "3\n"
    assert result.codes == ["dry_run"]
    assert ledger.read_bytes() == before
    assert acme("product", "add", "Printer", "--dry-run", "--json").json["dry_run"] is True
    assert acme("product", "add", "Viewer", "--dry-run").code == 1


def test_list(acme: Caller) -> None:
    acme.done("product", "add", "Printer", "--code", "PRN", "--gtin", "9521234543213", "--note", "in stock")
    assert acme.done("product", "list").out == (
        "number  name        code  state   releases  installations  at                           by    station"
        "  gtin            serials  pattern  note\n"
        "     1  Viewer            active         0              0  2026-11-22T21:06:46.123456Z  anna  LINE-3 "
        "                  digits\n"
        "     2  CT Console        active         1              0  2026-11-22T21:06:48.123456Z  anna  LINE-3 "
        "                  digits\n"
        "     3  Printer     PRN   active         0              0  2026-11-22T21:06:54.123456Z  anna  LINE-3 "
        "  09521234543213  digits            in stock\n"
    )


def test_list_json(acme: Caller) -> None:
    answer = acme("product", "list", "--json").json
    assert [(row["number"], row["name"], row["code"], row["state"], row["releases"]) for row in answer["rows"]] == [
        (1, "Viewer", None, "active", 0),
        (2, "CT Console", None, "active", 1),
    ]
    assert answer["entries"] == 5
    assert len(answer["head"]) == 64


def test_correct(acme: Caller) -> None:
    result = acme.done("product", "correct", "ct console", "--name", "CT Station", "--reason", "marketing")
    assert result.out == "2\n"
    assert not result.err
    assert "CT Station" in acme("product", "list").out
    history = acme("history", "--about", "marketing").out
    assert "CT Console" in history
    assert "CT Station" in history


def test_correct_needs_a_reason(acme: Caller) -> None:
    result = acme("product", "correct", "2", "--name", "CT Station")
    assert result.code == 1
    assert result.codes == ["reason.missing"]


def test_correct_json_and_dry_run(acme: Caller, ledger: Path) -> None:
    before = ledger.read_bytes()
    command = ("product", "correct", "2", "--name", "CT Station", "--reason", "marketing", "--json")
    assert acme(*command, "--dry-run").json["entry"] is None
    assert ledger.read_bytes() == before
    assert acme(*command).json["entry"] == 6


def test_retire(acme: Caller, ledger: Path) -> None:
    before = ledger.read_bytes()
    assert acme.done("product", "retire", "Viewer", "--reason", "no longer made", "--dry-run").out == "1\n"
    assert ledger.read_bytes() == before
    assert acme.done("product", "retire", "Viewer", "--reason", "no longer made").out == "1\n"
    again = acme("product", "retire", "1", "--reason", "again", "--json")
    assert again.code == 1
    assert [problem["code"] for problem in again.json["problems"]] == ["state.already"]
    assert [row["state"] for row in acme("product", "list", "--json").json["rows"]] == ["retired", "active"]


def test_an_unknown_product(acme: Caller) -> None:
    assert acme("product", "retire", "Toaster", "--reason", "never was").codes == ["product.unknown"]


# -- what is said of a product beside its number and names -----------------------------------------------------------

GTIN = "09521234543213"
LIKE_SN = ("--indexed", "--pattern", "SN-[A-Z][0-9]+", "--example", "SN-A17")
AS_USUAL = {"gtin": None, "serials": "digits", "pattern": None, "example": None, "note": None}
AS_SAID = {"gtin": GTIN, "serials": "indexed", "pattern": "SN-[A-Z][0-9]+", "example": "SN-A17", "note": "hand held"}


def shown(acme: Caller, product: str) -> dict[str, object]:
    answer = acme("product", "show", product, "--json").json
    return {name: answer[name] for name in AS_USUAL}


def test_add_with_all_that_can_be_said(acme: Caller, ledger: Path) -> None:
    acme.done("arc", "open", "--reason", "letters")
    lines = ledger.read_bytes().count(b"\n")
    acme.done("product", "add", "Ultrasound", "--gtin", "9521234543213", *LIKE_SN, "--note", "hand held")
    assert ledger.read_bytes().count(b"\n") == lines + 1
    assert shown(acme, "Ultrasound") == AS_SAID
    row = acme("product", "list", "--json").json["rows"][-1]
    assert {name: row[name] for name in AS_USUAL if name != "example"} == {
        name: value for name, value in AS_SAID.items() if name != "example"
    }


def test_show(acme: Caller) -> None:
    assert acme.done("product", "show", "ct console").out == (
        "number         2\nname           CT Console\ncode\nstate          active\nreleases       1\n"
        "installations  0\nat             2026-11-22T21:06:48.123456Z\nby             anna\nstation        LINE-3\n"
        "gtin\nserials        digits\npattern\nnote\nexample\n"
    )
    assert shown(acme, "1") == AS_USUAL
    assert acme("product", "show", "Toaster").codes == ["product.unknown"]
    assert acme("product", "show", "Toaster", "--json").json["problems"][0]["field"] == "product"


def test_gtin(acme: Caller, ledger: Path) -> None:
    result = acme.done("product", "gtin", "Viewer", "9521234543213")
    assert (result.out, result.err) == ("1\n", "")
    assert shown(acme, "1")["gtin"] == GTIN
    before = ledger.read_bytes()
    assert acme("product", "gtin", "2", GTIN).codes == ["gtin.taken"]
    assert acme("product", "gtin", "2", "9521234543214").codes == ["gtin.check_digit"]
    assert acme("product", "gtin", "2", "4711", "--json").json["problems"][0]["field"] == "gtin"
    assert acme("product", "gtin", "1", "").codes == ["reason.missing"]
    assert ledger.read_bytes() == before
    acme.done("product", "gtin", "1", "", "--reason", "was that of the carton")
    assert shown(acme, "1")["gtin"] is None


def test_serials_keeps_what_is_not_said(acme: Caller) -> None:
    acme.done("arc", "open", "--reason", "letters")
    acme.done("product", "serials", "Viewer", *LIKE_SN)
    acme.done("product", "serials", "Viewer", "--example", "SN-B1", "--reason", "a better one")
    assert shown(acme, "1")["example"] == "SN-B1"
    acme.done("product", "serials", "Viewer", "--pattern", "", "--example", "", "--reason", "too strict")
    assert shown(acme, "1") == {**AS_USUAL, "serials": "indexed"}
    acme.done("product", "serials", "Viewer", "--digits", "--reason", "numbers again")
    assert shown(acme, "1") == AS_USUAL


@pytest.mark.parametrize(
    ("options", "codes"),
    [
        pytest.param(("--indexed",), ["arc.missing"], id="an index each without an arc"),
        pytest.param(("--pattern", "[0-9]{7}"), ["serials.incomplete"], id="a pattern alone"),
        pytest.param(("--pattern", "[0-9", "--example", "1"), ["serials.pattern"], id="no regular expression"),
        pytest.param(("--pattern", "[0-9]{7}", "--example", "1"), ["serials.example"], id="an example unlike it"),
        pytest.param(("--pattern", "A", "--example", "A"), ["serials.example"], id="letters where digits are due"),
        pytest.param(("--pattern", "\udcff", "--example", "1"), ["text.character"], id="bytes that are no UTF-8"),
        pytest.param((), ["change.none"], id="nothing said"),
    ],
)
def test_serials_refused(acme: Caller, ledger: Path, options: tuple[str, ...], codes: list[str]) -> None:
    before = ledger.read_bytes()
    result = acme("product", "serials", "2", *options)
    assert (result.code, result.codes) == (1, codes)
    assert ledger.read_bytes() == before


def test_serials_of_nobody(acme: Caller) -> None:
    assert acme("product", "serials", "Toaster", "--digits").codes == ["product.unknown"]
    assert acme("product", "serials", "2", "--pattern", "[0-9]+", "--example", "1", "--dry-run").codes == ["dry_run"]


def test_correct_the_note_alone(acme: Caller) -> None:
    assert acme("product", "correct", "2", "--note", "on wheels").codes == ["reason.missing"]
    acme.done("product", "correct", "2", "--note", "on wheels", "--reason", "asked by sales")
    assert shown(acme, "CT Console")["note"] == "on wheels"
    both = ("--name", "CT Station", "--note", "", "--reason", "new brand")
    acme.done("product", "correct", "2", *both)
    assert shown(acme, "CT Station")["note"] is None
    assert acme("product", "correct", "2", "--reason", "nothing").codes == ["change.none"]
