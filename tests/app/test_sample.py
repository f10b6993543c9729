"""The sample registry: whole, the same every time, and with something of everything."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.app.conftest import CountedWorld, ListLedger
from uidmanager.app.sample import ORGANISATION, ROOT, make_sample
from uidmanager.app.service import Service
from uidmanager.core.accounts import account_of
from uidmanager.core.drafts import AssignInstallations, RegisterRelease
from uidmanager.core.errors import CancelledError, LedgerExistsError
from uidmanager.core.records import LabelState, State
from uidmanager.core.registry import fold

if TYPE_CHECKING:
    from uidmanager.core.events import Entry


@pytest.fixture
def sample(lines: list[Entry]) -> Service:
    made = Service(ListLedger(lines), CountedWorld())
    make_sample(made)
    return made


def test_has_something_of_everything(sample: Service) -> None:
    with sample.look() as registry:
        assert registry.founding.organisation == ORGANISATION
        assert registry.founding.root == ROOT
        assert [(p.number, p.name, p.code) for p in registry.products] == [
            (1, "Viewer", None),
            (2, "CT Console", "CT"),
            (3, "Probe", "PRB"),
        ]
        assert [i.uid for i in registry.installations][-3:] == [f"{ROOT}.3.{index}" for index in (1, 2, 3)]
        assert len(registry.installations) == 15
        assert {i.serial: i.label for i in registry.installations if i.prints} == {
            "0372720": LabelState.CHECKED,
            "0372721": LabelState.LABELLED,
        }
        assert [i.serial for i in registry.installations if i.state is State.VOID] == ["372799"]
        assert [i.serial for i in registry.installations if i.state is State.RETIRED] == ["100417"]
        assert [r.version for r in registry.releases if r.state is State.WITHDRAWN] == ["1.1.0"]


def test_every_change_of_state_has_its_reason(sample: Service) -> None:
    with sample.look() as registry:
        told = ("retired", "voided", "withdrawn", "corrected")
        changes = [
            entry
            for entry in registry.entries
            if any(account_of(registry, event).what.endswith(told) for event in entry.events)
        ]
        assert len(changes) == 4
        assert all(entry.why for entry in changes)


def test_leaves_free_what_the_readme_tries(sample: Service) -> None:
    assert sample.preview(AssignInstallations(("0372764",))).uids == (f"{ROOT}.2.372764",)
    release = sample.preview(RegisterRelease("CT Console", "4.5.0.3"))
    assert release.uids == (f"{ROOT}.1.2.4.5.0.3",)
    assert release.events


def test_can_be_read_again(sample: Service, lines: list[Entry]) -> None:
    with sample.look() as registry:
        assert fold(lines).head == registry.head


def test_is_not_made_over_another_registry(service: Service, lines: list[Entry]) -> None:
    with service.look() as registry:
        before = registry.head
    with pytest.raises(LedgerExistsError):
        make_sample(Service(ListLedger(lines), CountedWorld()))
    assert [entry.h for entry in lines] == [before]


def test_stopped_half_way_leaves_a_smaller_registry(lines: list[Entry]) -> None:
    def stop(_message: str, fraction: float) -> None:
        if fraction > 0.5:
            raise CancelledError

    made = Service(ListLedger(lines), CountedWorld())
    with pytest.raises(CancelledError):
        make_sample(made, stop)
    with made.look() as registry:
        assert 1 < registry.position < 20
        assert fold(lines).head == registry.head
