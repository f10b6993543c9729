from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from uidmanager.writers.guide.steps import STEPS, TITLE, TROUBLES

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Caller


@pytest.mark.parametrize(("paper", "height"), [("a4", 841.89), ("letter", 792.0)])
def test_the_sheet_is_one_page_with_every_step_and_whose_it_is(
    acme: Caller, tmp_path: Path, paper: str, height: float
) -> None:
    file = tmp_path / "bench.pdf"
    result = acme("guide", str(file), "--paper", paper)
    assert (result.code, result.out, result.codes) == (0, "", ["guide.written"])
    (page,) = PdfReader(file).pages
    text = " ".join(page.extract_text().split())
    assert float(page.mediabox.height) == pytest.approx(height, abs=0.1)
    assert TITLE in text
    assert all(step.heading in text for step in STEPS)
    assert all(sign in text and remedy in text for sign, remedy in TROUBLES)
    assert "Acme Imaging" in text
    assert len(page.images) == len(STEPS)


def test_json(acme: Caller, tmp_path: Path) -> None:
    file = tmp_path / "bench.pdf"
    assert acme("guide", str(file), "--json").json["file"] == str(file)


def test_a_file_that_is_there_is_kept_unless_it_may_be_written_over(acme: Caller, tmp_path: Path) -> None:
    file = tmp_path / "bench.pdf"
    file.write_text("precious", encoding="utf-8")
    result = acme("guide", str(file))
    assert (result.code, result.codes) == (1, ["file.exists"])
    assert file.read_text(encoding="utf-8") == "precious"
    assert acme("guide", str(file), "--force").code == 0


def test_without_a_file_there_is_no_sheet(acme: Caller) -> None:
    result = acme("guide", " ")
    assert result.code == 2
    assert "FILE is empty" in result.err
