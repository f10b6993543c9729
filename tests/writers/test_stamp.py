from __future__ import annotations

import pytest

from tests.writers.made import STAMP
from uidmanager.app.ports import Person
from uidmanager.writers.stamp import NotAnEpochError, stamp_of


class World:
    person = Person("anna", "LINE-3")
    app = "0.2.0"

    @staticmethod
    def now() -> str:
        return "2026-11-22T21:06:42.123456Z"

    @staticmethod
    def new_id() -> str:
        return "an-id"


def test_a_stamp_says_who_and_when_and_with_what(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert stamp_of(World()) == STAMP
    assert stamp_of(World(), verified=True).verified


def test_the_environment_may_say_when_documents_were_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795383073")
    assert stamp_of(World()).made_at == "2026-11-22T21:31:13.000000Z"


@pytest.mark.parametrize("given", ["yesterday", "-1", "1.5", "253402300800", "1795383073\n", "１７９５"])
def test_a_time_that_is_none_is_said(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", given)
    with pytest.raises(NotAnEpochError, match="SOURCE_DATE_EPOCH"):
        stamp_of(World())
