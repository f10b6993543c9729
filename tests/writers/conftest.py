"""A registry with something of everything in it, and an office to open what was written, where there is one."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.core.conftest import ROOT, Book
from uidmanager.core import drafts as d

if TYPE_CHECKING:
    from pathlib import Path


class Office:
    """LibreOffice without a window, with a profile of the test's own."""

    def __init__(self, program: str, folder: Path) -> None:
        self._program = program
        self._folder = folder

    def convert(self, name: str, content: bytes, target: str, *options: str) -> dict[str, bytes]:
        """The files that it makes of one, by their names. Raises `FileNotFoundError` where it cannot make any."""
        made = self._folder / "made"
        shutil.rmtree(made, ignore_errors=True)
        (self._folder / name).write_bytes(content)
        profile = f"-env:UserInstallation={(self._folder / 'profile').as_uri()}"
        command = [self._program, profile, "--headless", *options, "--convert-to", target, "--outdir", str(made)]
        subprocess.run([*command, str(self._folder / name)], capture_output=True, timeout=300, check=True)
        return {file.name: file.read_bytes() for file in made.iterdir()}


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """The office, whose profile is made once."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed here")
    return Office(program, tmp_path_factory.mktemp("office"))


@pytest.fixture(scope="session")
def writer(office: Office) -> Office:
    """The office, if its word processor is there as well."""
    try:
        office.convert("trial.txt", b"trial", "docx:MS Word 2007 XML")
    except FileNotFoundError:
        pytest.skip("LibreOffice Writer is not installed here")
    return office


@pytest.fixture
def rich() -> Book:
    """Something of everything: states, reasons, a number passed over, scripts, and names that mean harm."""
    made = Book()
    made.do(d.FoundRegistry(ROOT, "Acme <Imaging> & Söhne", "registry-1"))
    made.do(d.RegisterProduct("CT Console", code="CT"))
    made.do(d.RegisterProduct("=cmd|' /C calc'!A0"))
    made.do(d.RegisterProduct("画像診断装置", number=7, code="JP"))
    made.do(d.RegisterProduct("جهاز التصوير"))
    made.do(d.RegisterRelease("CT Console", "4.5.0.3", note="<b>first</b> | *second*"))
    made.do(d.RegisterRelease("画像診断装置", "1.20261124093015.123456789012", version_name="JP`1|2"))
    made.do(d.AssignInstallations(("0372764", "0372765", "1"), product="CT Console", note="x;=1+1"))
    made.do(d.AssignInstallations(("9" * 35,), product="جهاز التصوير", note="مستشفى الملك فهد"))
    made.do(d.VoidInstallation("1", reason="Misread"))
    made.do(d.RetireInstallation("0372765", reason="Scrapped"))
    made.do(d.WithdrawRelease("CT Console", "4.5.0.3", reason="Wrong unit"))
    made.do(d.RetireProduct("CT Console", reason="No longer made"))
    made.do(d.NoteLabelsPrinted((d.Print("0372764", "0372764"), d.Print("9" * 35, "9" * 35)), "=a4|<3x8>"))
    made.do(d.NoteLabelsChecked(14, (d.Check("0372764", "]d10372764"),), (d.Miss("=1+1", "not in this batch"),)))
    return made
