from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from pydicom.config import disable_value_validation

from tests.dicom.planting import PLANS, UNIT, Plan, plant, written
from uidmanager.core.errors import CancelledError
from uidmanager.core.scanning.facts import Facts
from uidmanager.dicom import workers
from uidmanager.dicom.content import hashes_in
from uidmanager.dicom.scan import Scan, _lasting, _Pace
from uidmanager.dicom.spool import NoRoomError, Spool
from uidmanager.dicom.tree import _item, items_below

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from uidmanager.core.registry import Registry
    from uidmanager.core.reports import Row


def content(number: int, pixels: int = 64, **changes: str) -> bytes:
    with disable_value_validation():
        return written(number, Plan("", changes), pixels)


def scanned(registry: Registry, *paths: Path) -> list[Row]:
    scan = Scan(map(str, paths), registry, {})
    scan.run()
    rows = list(scan.spool.rows())
    assert scan.is_whole
    assert scan.tally.files == len(rows) == scan.spool.count()
    scan.close()
    return rows


def state_of(folder: Path) -> list[tuple[str, int, int, int]]:
    return [
        (str(path), path.lstat().st_size, path.lstat().st_mtime_ns, path.lstat().st_ctime_ns)
        for path in sorted(folder.rglob("*"))
    ]


# -- the whole -------------------------------------------------------------------------------------------------------


def test_every_verdict_is_told_as_often_as_it_was_planted(
    registry: Registry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.dicom.planting._PER_FOLDER", 100)
    monkeypatch.setattr("uidmanager.dicom.scan.workers_for", lambda _jobs: 2)
    folder = tmp_path / "field"
    folder.mkdir()
    expected = plant(folder, 7 * len(PLANS) * 2)
    before = state_of(folder)
    scan = Scan([str(folder)], registry, {})
    messages: list[tuple[str, float]] = []
    scan.run(lambda message, fraction: messages.append((message, fraction)))
    rows = list(scan.spool.rows())
    assert Counter(str(row["verdicts"]) for row in rows) == expected
    told = {str(row["state"]): row["files"] for row in scan.summary() if row["section"] == "verdict"}
    single: Counter[str] = Counter()
    for verdicts, count in expected.items():
        single.update(dict.fromkeys(verdicts.split(", "), count))
    assert told == dict(single)
    assert scan.done == scan.found
    assert scan.spool.count(["error"]) == scan.tally.faulty == len(list(scan.spool.rows(["error"])))
    assert any(message.startswith("Reading ") for message, _ in messages)
    assert any(message.startswith("Comparing ") for message, _ in messages)
    assert state_of(folder) == before
    scan.close()


def test_places_lead_to_rows_by_weight_and_words(
    registry: Registry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("uidmanager.dicom.spool._AT_ONCE", 2)
    monkeypatch.setattr("uidmanager.dicom.spool._SEARCHED_AT_ONCE", 2)
    for number in range(5):
        (tmp_path / f"{number}.txt").write_bytes(b"Dear all,")
    (tmp_path / "9.dcm").write_bytes(content(1, device_serial="4711"))
    scan = Scan([str(tmp_path)], registry, {})
    scan.run()

    def found(*asked: tuple[str, ...]) -> list[str]:
        places = [place for step in scan.spool.places(*asked) for place in step]
        return [str(scan.spool.row(*place)["path"]).rpartition("/")[2] for place in places]

    assert found() == [*(f"{number}.txt" for number in range(5)), "9.dcm"]
    assert found(("error",)) == ["9.dcm"]
    assert found((), ("not dicom", "3.txt")) == ["3.txt"]
    assert found(("error",), ("3.txt",)) == []
    with pytest.raises(KeyError):
        scan.spool.row(99, 0)
    scan.close()


def test_the_rows_stand_in_the_order_of_the_names(registry: Registry, tmp_path: Path) -> None:
    for name in ("b/2", "a/1", "b/1", "c"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"text")
    rows = scanned(registry, tmp_path)
    assert [os.path.relpath(str(row["path"]), tmp_path) for row in rows] == ["c", "a/1", "b/1", "b/2"]


def test_a_name_that_is_no_text_is_shown_with_escapes(registry: Registry, tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/odd\xff"
    with open(path, "wb") as file:  # noqa: PTH123 (a name that no Path of text has)
        file.write(content(0))
    (row,) = scanned(registry, tmp_path)
    assert str(row["path"]).endswith("odd\\udcff")
    assert row["verdicts"] == "consistent"


def test_an_empty_folder_has_no_rows(registry: Registry, tmp_path: Path) -> None:
    assert scanned(registry, tmp_path) == []


def test_a_scan_that_is_stopped_keeps_what_it_has(registry: Registry, tmp_path: Path) -> None:
    for n in range(20):
        (tmp_path / f"{n:02}").write_bytes(content(n))

    def stop(message: str, _fraction: float) -> None:
        if message.startswith("Reading") and " 0 of" not in message:
            raise CancelledError

    scan = Scan([str(tmp_path)], registry, {})
    with pytest.raises(CancelledError):
        scan.run(stop)
    assert (scan.is_whole, scan.found) == (False, 20)
    assert scan.spool.count() == scan.done == scan.tally.files > 0
    assert scan.seconds > 0
    scan.close()


def test_a_worker_that_ends_over_a_file_makes_it_a_row(
    registry: Registry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.dicom.test_workers import KILLER, serve_oddly  # noqa: PLC0415 (what is started imports it by name)

    monkeypatch.setattr(workers, "serve", serve_oddly)
    for name in ("a", KILLER, "z"):
        (tmp_path / name).write_bytes(b"x")
    rows = scanned(registry, tmp_path)
    assert [row["verdicts"] for row in rows] == ["not_ours", "unreadable", "not_ours"]


# -- duplicates ------------------------------------------------------------------------------------------------------


def twins(folder: Path, *contents: bytes) -> None:
    for number, each in enumerate(contents):
        (folder / f"{number}").write_bytes(each)


def test_one_uid_with_two_contents_is_told_of_both(registry: Registry, tmp_path: Path) -> None:
    same = f"{UNIT}.5"
    twins(tmp_path, content(0, sop_instance_uid=same), content(0, 66, sop_instance_uid=same), content(1))
    rows = scanned(registry, tmp_path)
    assert [row["verdicts"] for row in rows] == ["duplicate", "duplicate", "consistent"]
    assert str(rows[0]["what"]) == "2 files have this SOP Instance UID, with 2 different contents."


def test_the_same_data_set_behind_another_header_is_no_duplicate(registry: Registry, tmp_path: Path) -> None:
    other = content(0, class_uid="1.2.276.0.7230010.3.0.3.6.7", version_name="OFFIS_DCMTK_367")
    twins(tmp_path, content(0), other, content(0))
    assert [row["verdicts"] for row in scanned(registry, tmp_path)] == ["consistent", "toolkit_root", "consistent"]


def test_one_image_in_two_syntaxes_is_told_as_what_it_may_be(registry: Registry, tmp_path: Path) -> None:
    same = f"{UNIT}.5"
    twins(tmp_path, content(0, sop_instance_uid=same), content(len(PLANS), sop_instance_uid=same))
    assert "encoded twice" in str(scanned(registry, tmp_path)[0]["what"])


def test_duplicates_are_found_between_archives_and_files(registry: Registry, tmp_path: Path) -> None:
    same = f"{UNIT}.5"
    twins(tmp_path, content(0, sop_instance_uid=same))
    with ZipFile(tmp_path / "z.zip", "w") as archive:
        for name, pixels in (("a", 64), ("b", 66), ("c", 64)):
            archive.writestr(name, content(0, pixels, sop_instance_uid=same))
    rows = scanned(registry, tmp_path)
    assert [row["verdicts"] for row in rows] == ["duplicate"] * 4
    assert "4 files have this SOP Instance UID, with 2 different" in str(rows[0]["what"])


def test_a_file_that_is_cut_off_is_no_duplicate_of_the_whole(registry: Registry, tmp_path: Path) -> None:
    twins(tmp_path, content(0), content(0)[:701])
    assert [row["verdicts"] for row in scanned(registry, tmp_path)] == ["consistent", "unreadable"]


def test_a_file_that_is_gone_when_it_is_compared_is_left_as_it_is(registry: Registry, tmp_path: Path) -> None:
    twins(tmp_path, content(0), content(0, 66, sop_instance_uid=f"{UNIT}.1.0"))

    def take_away(message: str, _fraction: float) -> None:
        if message == "Reading 2 of 2 files":
            (tmp_path / "1").unlink()

    scan = Scan([str(tmp_path)], registry, {})
    scan.run(take_away)
    assert [row["verdicts"] for row in scan.spool.rows()] == ["consistent", "consistent"]
    scan.close()


def test_what_cannot_be_compared_has_no_hash(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "z", "w") as archive:
        archive.writestr("a", b"x")
    assert dict(hashes_in(str(tmp_path / "nowhere"), [-1])) == {-1: None}
    assert list(dict(hashes_in(str(tmp_path / "z"), [0, 5])).values())[1] is None


# -- the tree --------------------------------------------------------------------------------------------------------


def found(*paths: Path) -> Iterator[tuple[str, str]]:
    for item in items_below(map(str, paths)):
        yield os.path.relpath(item.path, paths[0]), item.facts.outcome.value if item.facts else "file"


def test_links_pipes_and_folders_that_cannot_be_listed_are_told(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "file").touch()
    (tmp_path / "circle").symlink_to(tmp_path)
    (tmp_path / "broken").symlink_to(tmp_path / "nowhere")
    (tmp_path / "link").symlink_to(tmp_path / "folder" / "file")
    os.mkfifo(tmp_path / "pipe")
    said = {item.facts.fault for item in items_below([str(tmp_path)]) if item.facts}
    assert said == {"It is a link, which is not followed.", "It is no plain file."}
    assert dict(found(tmp_path)) == {
        "broken": "skipped",
        "circle": "skipped",
        "link": "skipped",
        "pipe": "skipped",
        "folder/file": "file",
    }


def test_a_folder_that_cannot_be_listed_is_a_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "shut").mkdir()
    (tmp_path / "z").touch()
    whole = os.scandir

    def scandir(path: str) -> object:
        if str(path).endswith("shut"):
            raise PermissionError(13, "Permission denied")
        return whole(path)

    monkeypatch.setattr("os.scandir", scandir)
    assert dict(found(tmp_path)) == {"z": "file", "shut": "unreadable"}


def test_a_path_below_another_is_not_looked_at_twice(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "file").touch()
    (tmp_path / "ab").touch()
    (tmp_path / "to-a").symlink_to(tmp_path / "a")
    names = list(found(tmp_path, tmp_path / "a", tmp_path / "to-a", tmp_path))
    assert names == [("ab", "file"), ("to-a", "skipped"), ("a/file", "file")]
    assert next(found(tmp_path / "to-a", tmp_path / "ab"))[0].endswith("file")


def test_a_path_that_is_a_circle_of_links_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    assert [name for name, _ in found(tmp_path / "a")] == ["."]


# -- the spool and the pace ------------------------------------------------------------------------------------------


def test_rows_are_handed_out_in_portions_and_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("uidmanager.dicom.spool._AT_ONCE", 3)
    spool = Spool()
    row: Row = {"severity": "notice", "transfer_syntax": None}
    spool.add_rows([(n % 4, n, {**row, "path": str(n)}, None) for n in range(8)])
    assert [each["path"] for each in spool.rows()] == ["0", "4", "1", "5", "2", "6", "3", "7"]
    assert list(spool.rows(["error"])) == []
    spool.close()


def test_an_entry_of_a_folder_that_cannot_be_looked_at_is_a_row(tmp_path: Path) -> None:
    class Gone:
        path = "gone"

        def is_symlink(self) -> bool:
            raise OSError(5, "Input/output error")

    item = _item(Gone())  # type: ignore[arg-type]
    assert item is not None
    assert item.facts is not None
    assert item.facts.fault == "It cannot be looked at (Input/output error)."


def test_many_files_are_found_in_portions(registry: Registry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("uidmanager.dicom.scan._FEW", 2)
    monkeypatch.setattr("uidmanager.dicom.scan._SOME", 3)
    monkeypatch.setattr("uidmanager.dicom.tree._SORTED_AT_ONCE", 2)
    for n in range(5):
        (tmp_path / str(n)).write_bytes(b"text")
    messages: list[str] = []
    scan = Scan([str(tmp_path)], registry, {})
    scan.run(lambda message, _fraction: messages.append(message))
    assert messages[:2] == ["Looking for files: 2", "Looking for files: 4"]
    assert scan.spool.count() == 5
    scan.close()


def test_a_full_disk_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    spool = Spool()
    spool._database.execute("PRAGMA max_page_count = 10")
    row: Row = {"severity": "notice", "transfer_syntax": None, "path": "x" * 1000}
    with pytest.raises(NoRoomError, match="TMPDIR"):
        spool.add_rows([(n, 0, row, None) for n in range(1000)])
    spool.close()


def test_pace_and_time_left_are_told_once_they_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = iter((0.0, 0.5, 2.0))
    monkeypatch.setattr("time.monotonic", lambda: next(seconds))
    pace = _Pace("Reading", 10, 1010)
    assert pace.at(20) == ("Reading 20 of 1,010 files", 20 / 1010)
    assert pace.at(510) == ("Reading 510 of 1,010 files, 250 a second, 2 s left", 510 / 1010)
    assert [_lasting(s) for s in (59.4, 150, 3600 * 2 + 300)] == ["59 s", "2 min", "2 h 5 min"]


def test_facts_can_be_sent_as_they_are() -> None:
    from uidmanager.dicom.serving import Answered, answers_in, encoded  # noqa: PLC0415 (beside what it tests)

    answers = [Answered(1, True, Facts(member="é", number=3)), Answered(2, False, None, 4, "hash")]
    assert answers_in(encoded(answers)) == answers
