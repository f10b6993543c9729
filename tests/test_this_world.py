"""The clock, the person and the dice of this computer."""

from __future__ import annotations

import getpass
import os
import re
import uuid

import pytest

from uidmanager.bootstrap import ThisWorld


def test_ids_are_random_uuids_and_none_comes_twice() -> None:
    made = [ThisWorld().new_id() for _ in range(1000)]
    read = [uuid.UUID(each) for each in made]
    assert [str(each) for each in read] == made
    assert {(each.version, each.variant) for each in read} == {(4, uuid.RFC_4122)}
    assert len(set(made)) == len(made)
    free = [each.int & ~(0xF << 76) & ~(0b11 << 62) for each in read]
    assert all(sum(bit >> place & 1 for bit in free) > 0 for place in {*range(128)} - {*range(76, 80), 62, 63})


@pytest.mark.parametrize("name", ["LOGNAME", "USER", "LNAME", "USERNAME"])
def test_the_environment_says_who_it_is(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    for each in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(each, raising=False)
    monkeypatch.setenv(name, "anna")
    assert ThisWorld().person.name == "anna" == getpass.getuser()


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="there are no user ids here")
def test_else_the_system_does(monkeypatch: pytest.MonkeyPatch) -> None:
    for each in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(each, raising=False)
    assert ThisWorld().person.name == getpass.getuser()
    monkeypatch.setattr(os, "getuid", lambda: 3_999_999)
    assert ThisWorld().person.name == "uid 3999999"


def test_the_time_is_utc_with_microseconds() -> None:
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", ThisWorld().now())
