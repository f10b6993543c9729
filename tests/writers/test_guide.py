"""The sheet for the work bench: one page, whatever the organisation is called, and nothing on it meets."""

from __future__ import annotations

import pytest

from tests.writers.made import STAMP
from tests.writers.printed import printed, reader
from tests.writers.test_pdf_pages import faults
from uidmanager.resources import resource_bytes
from uidmanager.writers.guide import write_guide
from uidmanager.writers.guide.steps import STEPS, Step
from uidmanager.writers.pdf import look
from uidmanager.writers.pdf.paper import Paper
from uidmanager.writers.pdf.pictures import Picture

ORGANISATIONS = {"usual": "Acme Imaging", "the longest": "W" * 80, "in another script": "医用画像株式会社"}


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("organisation", ORGANISATIONS.values(), ids=ORGANISATIONS)
def test_all_of_it_stands_on_one_page(paper: Paper, organisation: str) -> None:
    sheet = write_guide(organisation, STAMP, paper)
    assert len(reader(sheet).pages) == 1
    assert not faults(sheet)
    above_foot = [each for each in printed(sheet) if each.bottom > look.BOTTOM + 24]
    assert len(above_foot) > len(STEPS) * 3
    assert sheet == write_guide(organisation, STAMP, paper)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.heading)
def test_each_step_has_its_picture_sharp_enough_for_print(step: Step) -> None:
    picture = Picture(resource_bytes(f"guide/{step.picture}"))
    assert picture.width >= 900
    assert picture.width > picture.height
