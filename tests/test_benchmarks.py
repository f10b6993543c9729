"""The benchmarks run and say something of everything. How fast anything is, no test asks."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

import msgspec
import pytest

from tests.benchmarks import __main__ as suite
from tests.benchmarks.chart import chart
from tests.benchmarks.data import made
from tests.benchmarks.database import loaded
from tests.benchmarks.document import between
from tests.benchmarks.growth import measure_growth
from tests.benchmarks.results import Chapter, Finding, Goal, Results, alternating, percentile
from tests.benchmarks.setting import Setting
from tests.benchmarks.stations import Place
from tests.benchmarks.tables import summary_table
from uidmanager.app.service import Service
from uidmanager.bootstrap import ThisDesk, ThisWorld

if TYPE_CHECKING:
    from pathlib import Path

SIZE = 1100


@pytest.fixture(scope="module")
def setting(tmp_path_factory: pytest.TempPathFactory) -> Setting:
    kept, scratch = tmp_path_factory.mktemp("kept"), tmp_path_factory.mktemp("scratch")
    return Setting(Place(kept, scratch), rows=SIZE, runs=1, assignments=20, share=0.01)


def test_the_ledger_is_a_good_one_and_the_database_has_the_same_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_a, **_k: tmp_path / "data")
    monkeypatch.setattr("platformdirs.user_cache_path", lambda *_a, **_k: tmp_path / "cache")
    data = made(tmp_path, SIZE)
    service = Service(ThisDesk(ThisWorld()).ledger_at(str(data.ledger)), ThisWorld())
    service.open()
    assert service.trouble is None
    rows = loaded(data.database)
    with service.look() as registry:
        assert (len(list(registry.products)), len(list(registry.releases))) == (1, 11)
        assert [
            (
                one.component,
                one.serial,
                one.uid,
                one.product,
                one.note,
                one.state.value,
                one.origin.entry,
                one.origin.at,
            )
            for one in registry.installations
        ] == [
            (row.component, row.serial, row.uid, row.product, row.note, row.state, row.entry, row.at)
            for row in rows.installations.values()
        ]
        assert len(rows.installations) == SIZE


@pytest.mark.parametrize("subject", suite.SUBJECTS)
def test_each_subject_finds_something(setting: Setting, subject: str) -> None:
    findings = importlib.import_module(f"tests.benchmarks.{subject}").measure(setting)
    assert findings
    assert len({(finding.what, finding.rival) for finding in findings}) == len(findings)
    assert all(finding.ours >= 0 for finding in findings if finding.unit != "bytes")


def test_growth_is_measured_at_each_size_and_drawn(setting: Setting) -> None:
    growth = measure_growth(setting)
    assert growth.sizes == (1000,)
    drawn = chart((1000, 10_000), dict.fromkeys(growth.costs, (1.0, 10.0)))
    assert drawn.count("<polyline") == min(6, len(growth.costs))


def test_the_document_has_a_place_for_each_table() -> None:
    text = suite.DOCUMENT.read_text("utf-8")
    for name in ("machine", "findings", "growth"):
        assert "so it is" in between(text, name, "so it is")


def test_a_document_without_a_place_is_not_written() -> None:
    with pytest.raises(ValueError, match="no place for findings"):
        between("nothing", "findings", "something")


def test_a_run_of_the_command_prints_and_keeps_what_it_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.json"
    arguments = ["--rows", "100", "--runs", "1", "--only", "preview", "--folder", str(tmp_path), "--out", str(out)]
    assert suite.main(arguments) == 0
    assert "| preview of a serial, p50 |" in capsys.readouterr().out
    results = msgspec.json.decode(out.read_bytes(), type=Results)
    assert [chapter.subject for chapter in results.chapters] == ["preview"]


def test_a_subject_that_fails_is_told_and_the_others_are_measured(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_setting: Setting) -> list[Finding]:
        raise RuntimeError("out of luck")

    monkeypatch.setattr("tests.benchmarks.memory.measure", fail)
    arguments = ["--rows", "100", "--runs", "1", "--only", "memory", "preview", "--folder", str(tmp_path)]
    assert suite.main(arguments) == 1
    out = capsys.readouterr().out
    assert "Not measured: memory (RuntimeError: out of luck)" in out
    assert "| preview of a serial, p50 |" in out


@pytest.mark.parametrize(
    ("goal", "ours", "theirs", "met"),
    [
        (Goal(10), 10.0, None, True),
        (Goal(10), 10.1, None, False),
        (Goal(0.5, "ratio"), 5.0, 10.0, True),
        (Goal(0.5, "ratio"), 5.1, 10.0, False),
        (Goal(0.5, "ratio"), 5.1, None, False),
        (None, 5.0, 10.0, None),
    ],
)
def test_a_goal_is_met_or_not(goal: Goal | None, ours: float, theirs: float | None, met: bool | None) -> None:  # noqa: FBT001
    assert Finding("it", "ms", ours, "rival", theirs, goal).is_met is met


def test_two_runs_that_do_not_agree_on_a_goal_are_on_the_edge() -> None:
    def once(value: float) -> Results:
        return Results("2 cores", 10, (Chapter("it", (Finding("it", "ms", value, goal=Goal(1)),), 1.0),))

    assert "on the edge" in summary_table([once(0.9), once(1.1)])
    assert "on the edge" not in summary_table([once(0.8), once(0.9)])


def test_measurements_take_turns_and_the_median_counts() -> None:
    order: list[str] = []
    values = iter([1.0, 9.0, 5.0])

    def one() -> dict[str, float]:
        order.append("one")
        return {"ms": next(values)}

    def other() -> dict[str, float]:
        order.append("other")
        return {"ms": 2.0}

    assert alternating(3, one, other) == [{"ms": 5.0}, {"ms": 2.0}]
    assert order == ["one", "other"] * 3


def test_a_percentile_is_one_of_the_values() -> None:
    assert percentile([3.0, 1.0, 2.0], 0.99) == 3.0
    assert percentile([3.0, 1.0, 2.0], 0.5) == 2.0
