"""What the keys of a scan tell of the scanner."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uidmanager.core.barcodes import GS, ScannerSettings
from uidmanager.core.barcodes.layouts import LAYOUTS, arrives_as, arrives_in_capitals_lock, turned
from uidmanager.core.barcodes.trying import TEST_ELEMENTS, Stroke, Trial, try_out

BEFORE = "010952110153000121AZ-QY/MW_09"
AFTER = "10LOT7"
GOOD = f"]d2{BEFORE}{GS}{AFTER}\r"
USUAL = ScannerSettings()


def heard(text: str, gap: int = 2) -> tuple[Stroke, ...]:
    return tuple(Stroke(character, at=1000 + gap * index) for index, character in enumerate(text))


def tried(text: str, gap: int = 2) -> Trial:
    return try_out(heard(text, gap), USUAL)


def sentences(trial: Trial, severity: str) -> str:
    return " ".join(problem.message for problem in trial.findings if problem.severity == severity)


def test_the_code_is_what_these_tests_say() -> None:
    assert "".join(e.ai + e.value for e in TEST_ELEMENTS[:2]) == BEFORE
    assert TEST_ELEMENTS[2].ai + TEST_ELEMENTS[2].value == AFTER


def test_a_scanner_that_is_set_up_well_is_told_so() -> None:
    trial = tried(GOOD)
    assert (trial.is_test_code, trial.prefix, trial.suffix, trial.stand_in) == (True, "]d2", "CR", "")
    assert sentences(trial, "error") == sentences(trial, "caution") == ""
    assert "]d2, GS1 DataMatrix" in sentences(trial, "notice")
    assert trial.proposed == USUAL
    assert trial.shown.startswith("]d2")
    assert "␝" in trial.shown
    assert trial.as_bytes.startswith("5D 64 32 30 31")
    assert "1D 31 30" in trial.as_bytes


@pytest.mark.parametrize(
    ("end", "name"),
    [("\r", "CR"), ("\n", "LF"), ("\r\n", "CR and LF"), ("\t", "Tab")],
    ids=["CR", "LF", "CR+LF", "Tab"],
)
def test_what_ends_a_scan_is_named(end: str, name: str) -> None:
    trial = tried(GOOD.removesuffix("\r") + end)
    assert trial.suffix == name
    assert f"ends with {name}" in sentences(trial, "notice")


def test_a_scan_that_nothing_ends_is_told() -> None:
    trial = tried(GOOD.removesuffix("\r"))
    assert "Nothing ends the scan" in sentences(trial, "caution")


def test_a_slow_scanner_that_ends_with_tab_is_set_so() -> None:
    trial = tried(GOOD.removesuffix("\r") + "\t", gap=50)
    assert trial.proposed.tab_ends
    assert trial.slowest_ms == 50
    assert not tried(GOOD.removesuffix("\r") + "\t").proposed.tab_ends


@pytest.mark.parametrize("stand_in", ["|", "~", "{GS}", "#", "^]"[0] + "|"])
def test_what_stands_for_the_separator_is_found_and_proposed(stand_in: str) -> None:
    trial = tried(GOOD.replace(GS, stand_in))
    assert trial.proposed.stand_in == trial.stand_in == stand_in
    assert f"“{stand_in}” arrives for the separator" in sentences(trial, "notice")


def test_a_key_that_stands_for_the_separator_is_found() -> None:
    strokes = (*heard(f"]d2{BEFORE}"), Stroke("", "F8", 2000), *heard(f"{AFTER}\r"))
    assert try_out(strokes, USUAL).proposed.stand_in == "F8"


def test_a_stand_in_that_is_no_longer_needed_goes() -> None:
    assert try_out(heard(GOOD), ScannerSettings(stand_in="|")).proposed.stand_in == ""


def test_a_separator_that_does_not_arrive_is_told() -> None:
    trial = tried(GOOD.replace(GS, ""))
    assert "does not arrive" in sentences(trial, "error")


def test_a_separator_that_arrives_as_something_a_serial_holds_is_told() -> None:
    trial = tried(GOOD.replace(GS, "-"))
    assert "cannot stand for it" in sentences(trial, "error")
    assert trial.proposed.stand_in == ""


def test_a_scanner_without_identifiers_is_told() -> None:
    assert "No AIM identifier" in sentences(tried(GOOD.removeprefix("]d2")), "caution")


def test_what_announces_a_scan_is_named() -> None:
    assert tried("\x01" + GOOD).prefix == "SOH ]d2"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_computer_with_another_layout_is_found(layout: str) -> None:
    trial = tried(arrives_as(GOOD, LAYOUTS[layout]))
    assert f"this computer has {layout}" in sentences(trial, "error")


def test_a_german_scanner_at_an_american_computer_is_found() -> None:
    trial = tried(arrives_as(GOOD, turned(LAYOUTS["a German one"])))
    assert "types for a German one, this computer has an American" in sentences(trial, "error")


def test_caps_lock_is_found() -> None:
    assert "Caps Lock" in sentences(tried(arrives_in_capitals_lock(GOOD)), "error")


def test_layouts_can_be_told_apart() -> None:
    arriving = {arrives_as(BEFORE, layout) for layout in LAYOUTS.values()}
    assert len(arriving | {BEFORE}) == len(LAYOUTS) + 1


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("0372764\r", "another code than the one shown"),
        ("\r", "Only the end of a scan arrived"),
        ('à"è&(é\r', "French keyboard"),
    ],
)
def test_another_code_tells_what_it_can(text: str, sentence: str) -> None:
    trial = tried(text)
    assert not trial.is_test_code
    assert sentence in " ".join(problem.message for problem in trial.findings)
    assert trial.proposed == USUAL


@given(st.lists(st.builds(Stroke, st.text(max_size=2), st.sampled_from(["", "F8", "Ctrl+A"]), st.integers(0, 9999))))
def test_whatever_arrives_is_answered(strokes: list[Stroke]) -> None:
    trial = try_out(tuple(strokes), USUAL)
    assert trial.findings
    assert trial.shown.isprintable() or "\u200c" in trial.shown or "\u200d" in trial.shown
    assert isinstance(trial.as_bytes, str)
