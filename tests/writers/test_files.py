from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from uidmanager.writers.files import (
    FileError,
    FileProtectedError,
    FileThereError,
    FileUnwritableError,
    ready_file,
    write_file,
)

POSIX = os.name == "posix"
ROOT_USER = POSIX and os.geteuid() == 0


def left_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_file(tmp_path: Path) -> None:
    write_file(tmp_path / "report.csv", b"content\r\n")
    assert (tmp_path / "report.csv").read_bytes() == b"content\r\n"
    assert left_in(tmp_path) == ["report.csv"]


@pytest.mark.skipif(not POSIX, reason="modes are of POSIX")
def test_the_users_mask_decides_who_may_read_it(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_file(tmp_path / "report.csv", b"")
    finally:
        os.umask(before)
    assert (tmp_path / "report.csv").stat().st_mode & 0o777 == 0o640


def test_what_is_there_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "report.csv"
    file.write_bytes(b"precious")
    with pytest.raises(FileThereError, match="--force") as raised:
        write_file(file, b"new")
    assert raised.value.where == file
    assert file.read_bytes() == b"precious"
    assert left_in(tmp_path) == ["report.csv"]


def test_what_is_there_may_be_replaced(tmp_path: Path) -> None:
    file = tmp_path / "report.csv"
    file.write_bytes(b"old")
    write_file(file, b"new", replace=True)
    assert file.read_bytes() == b"new"
    write_file(tmp_path / "other.csv", b"new", replace=True)
    assert left_in(tmp_path) == ["other.csv", "report.csv"]


@pytest.mark.parametrize("replace", [False, True])
def test_a_ledger_is_kept_always(tmp_path: Path, *, replace: bool) -> None:
    file = tmp_path / "registry.jsonl"
    file.write_bytes(b'{"h":"00","n":1}\n')
    with pytest.raises((FileProtectedError, FileThereError)):
        write_file(file, b"new", replace=replace)
    assert file.read_bytes() == b'{"h":"00","n":1}\n'
    assert left_in(tmp_path) == ["registry.jsonl"]


@pytest.mark.parametrize("replace", [False, True])
def test_a_folder_is_no_file(tmp_path: Path, *, replace: bool) -> None:
    with pytest.raises(FileError):
        write_file(tmp_path, b"new", replace=replace)


@pytest.mark.skipif(not POSIX, reason="devices are files on POSIX only")
def test_a_device_is_never_replaced() -> None:
    with pytest.raises(FileProtectedError, match="a folder or a device"):
        write_file(Path("/dev/null"), b"new", replace=True)
    assert not Path("/dev/null").is_file()


@pytest.mark.skipif(not POSIX, reason="links need rights on Windows")
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "report.csv").write_bytes(b"old")
    link = tmp_path / "latest.csv"
    link.symlink_to("report.csv")
    with pytest.raises(FileThereError):
        write_file(link, b"new")
    write_file(link, b"new", replace=True)
    assert link.is_symlink()
    assert (tmp_path / "report.csv").read_bytes() == b"new"


@pytest.mark.skipif(not POSIX, reason="links need rights on Windows")
def test_links_that_lead_nowhere(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    with pytest.raises(FileThereError):
        write_file(tmp_path / "a", b"new")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(FileUnwritableError):
        write_file(tmp_path / "a", b"new", replace=True)


@pytest.mark.parametrize("name", ["no/such/folder/report.csv", "x" * 300, "nul\0"])
@pytest.mark.parametrize("replace", [False, True])
def test_a_place_that_cannot_be(tmp_path: Path, name: str, *, replace: bool) -> None:
    with pytest.raises(FileUnwritableError, match="cannot be written"):
        write_file(tmp_path / name, b"new", replace=replace)
    assert left_in(tmp_path) == []


@pytest.mark.skipif(not POSIX or ROOT_USER, reason="root may write everywhere")
def test_a_folder_that_must_not_be_written(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(FileUnwritableError):
            write_file(tmp_path / "report.csv", b"new")
    finally:
        tmp_path.chmod(0o700)


@pytest.mark.parametrize("replace", [False, True])
def test_a_full_disk_leaves_nothing_half(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, replace: bool) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    (tmp_path / "old.csv").write_bytes(b"old")
    monkeypatch.setattr("uidmanager.writers.files.os.fsync", full)
    with pytest.raises(FileUnwritableError, match="No space left on device"):
        write_file(tmp_path / ("old.csv" if replace else "new.csv"), b"new", replace=replace)
    assert left_in(tmp_path) == ["old.csv"]
    assert (tmp_path / "old.csv").read_bytes() == b"old"


class TestWithoutHardLinks:
    """Some media know no hard links, so that the name is claimed in another way."""

    @pytest.fixture(autouse=True)
    def _no_links(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(_self: Path, _target: Path) -> None:
            raise OSError(errno.EPERM, "Operation not permitted")

        monkeypatch.setattr(Path, "hardlink_to", refuse)

    def test_a_new_file(self, tmp_path: Path) -> None:
        write_file(tmp_path / "report.csv", b"content")
        assert (tmp_path / "report.csv").read_bytes() == b"content"
        assert left_in(tmp_path) == ["report.csv"]

    def test_what_is_there_is_kept(self, tmp_path: Path) -> None:
        (tmp_path / "report.csv").write_bytes(b"precious")
        with pytest.raises(FileThereError):
            write_file(tmp_path / "report.csv", b"new")
        assert (tmp_path / "report.csv").read_bytes() == b"precious"

    def test_a_failure_leaves_nothing(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(_self: Path, _target: Path) -> None:
            raise OSError(errno.EIO, "Input/output error")

        monkeypatch.setattr(Path, "replace", refuse)
        with pytest.raises(FileUnwritableError):
            write_file(tmp_path / "report.csv", b"new")
        assert left_in(tmp_path) == []


# -- in two steps ------------------------------------------------------------------------------------------------------


def test_a_file_that_is_ready_has_its_name_once_it_is_put_in_place(tmp_path: Path) -> None:
    with ready_file(tmp_path / "labels.pdf", b"labels") as put_in_place:
        [beside] = left_in(tmp_path)
        assert beside.endswith(".part")
        put_in_place()
        assert left_in(tmp_path) == ["labels.pdf"]
    assert (tmp_path / "labels.pdf").read_bytes() == b"labels"


def test_a_file_that_is_not_put_in_place_leaves_nothing_behind(tmp_path: Path) -> None:
    with ready_file(tmp_path / "labels.pdf", b"labels"):
        pass
    assert left_in(tmp_path) == []


def test_what_cannot_be_is_said_before_it_is_ready(tmp_path: Path) -> None:
    (tmp_path / "labels.pdf").write_bytes(b"mine")
    with pytest.raises(FileThereError), ready_file(tmp_path / "labels.pdf", b""):
        pytest.fail("it cannot be ready")
    with pytest.raises(FileUnwritableError), ready_file(tmp_path / "no" / "labels.pdf", b""):
        pytest.fail("it cannot be ready")


def test_a_name_that_was_taken_meanwhile_stays_with_who_took_it(tmp_path: Path) -> None:
    with ready_file(tmp_path / "labels.pdf", b"labels") as put_in_place:
        (tmp_path / "labels.pdf").write_bytes(b"mine")
        with pytest.raises(FileThereError):
            put_in_place()
    assert (tmp_path / "labels.pdf").read_bytes() == b"mine"
    assert left_in(tmp_path) == ["labels.pdf"]
