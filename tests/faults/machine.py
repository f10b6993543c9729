"""Several programs on one ledger, who do whatever comes to mind, beside a plain model of what must become of it."""

from __future__ import annotations

import errno
import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from msgspec import to_builtins

from tests.faults.any_drafts import ROOT, drafts
from tests.faults.disks import Died, Halving, broken
from tests.faults.model import REFUSED, SETTLED, WRITTEN, Event, Model
from tests.stores.conftest import CountedWorld, Forgetful
from uidmanager.app.service import Service
from uidmanager.core.drafts import AssignInstallations, FoundRegistry, RegisterProduct, RegisterRelease
from uidmanager.core.errors import LedgerError, LedgerExistsError, OutcomeUnknownError
from uidmanager.core.events import NewEntry
from uidmanager.stores.jsonl import JsonlLedger

if TYPE_CHECKING:
    from uidmanager.core.decision import Decision
    from uidmanager.core.drafts import Draft
    from uidmanager.stores.filesystem import FileSystem

PROGRAMS: Final = 3
TORN: Final = (b'{"h":"', b"\0" * 700, b"no entry\n", b'{"h":"torn"}\0\n\0', b"\xff")
BEGINNING: Final = (RegisterProduct("Viewer"), RegisterRelease("Viewer", "1.0"), AssignInstallations(("7", "08")))
programs: Final = st.integers(0, PROGRAMS - 1)
drafts_at_once: Final = st.integers(3, 10)


class LedgerMachine(RuleBasedStateMachine):
    """``good`` is what the file must begin with for ever, ``torn`` what stands behind it that is no entry."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory(prefix="faults-")
        self.path = Path(self.folder.name) / "acme.jsonl"
        self.world = CountedWorld()
        self.services = [self.program(index) for index in range(PROGRAMS)]
        self.kept: dict[int, tuple[Draft, Decision]] = {}
        self.model = Model(ROOT)
        self.good, self.torn = b"", b""
        self.written: list[dict[str, Any]] = []
        self.services[0].found(FoundRegistry(ROOT, "Acme Imaging"))
        self.look_at_the_file()
        for service in self.services:
            service.open()
        for draft in BEGINNING:
            self.submit_and_judge(self.services[0], draft, None)

    def program(self, index: int, files: FileSystem | None = None) -> Service:
        """The first two are of one station, the last is of another and keeps a copy of the ledger."""
        folder = self.path.parent
        replicas = folder / "replicas" if index == PROGRAMS - 1 else None
        seen = folder / ("seen there" if replicas else "seen here")
        ledger = JsonlLedger(self.path, self.world, seen, replicas=replicas, files=files or Forgetful())
        return Service(ledger, self.world)

    def look_at_the_file(self, *, may_be_torn: bool = False) -> dict[str, Any] | None:
        """The entry that is new in it, by another JSON library; all that stood there before stands there still."""
        data = self.path.read_bytes()
        assert data.startswith(self.good)
        rest = data[len(self.good) :]
        if rest == self.torn:
            return None
        if may_be_torn and not rest.endswith(b"\n"):
            self.torn = rest
            return None
        self.torn = b""
        if not rest:
            return None
        assert rest.count(b"\n") == 1
        assert rest.endswith(b"\n")
        self.good += rest
        entry: dict[str, Any] = json.loads(rest)
        self.written.append(entry)
        assert entry["n"] == len(self.written)
        return entry

    def take(self, entry: dict[str, Any], expected: list[Event]) -> None:
        """What was written is what the model says; where the registry chose a name, it is a free one."""
        events = entry["events"]
        for event, told in zip(events, expected, strict=True):
            chosen = {"version_name": event["version_name"]} if told.get("version_name", "") is None else {}
            assert event == {**told, **chosen}
        self.model.take(events, entry["n"])

    def draft(self, data: st.DataObject) -> Draft:
        return data.draw(drafts(self.model))

    def submit_and_judge(self, service: Service, draft: Draft, shown: Decision | None) -> None:
        verdict = self.model.judge(draft)
        receipt = service.submit(draft, shown)
        decision = receipt.decision
        entry = self.look_at_the_file()
        needs_name = [problem.code for problem in decision.problems] == ["version_name.needed"]
        kind = REFUSED if decision.is_refused else SETTLED if decision.is_settled else WRITTEN
        assert kind == (REFUSED if needs_name and verdict.kind == WRITTEN else verdict.kind), decision
        assert receipt.overtaken == (shown is not None and shown.outcome != decision.outcome)
        if kind != WRITTEN or receipt.overtaken:
            assert entry is None
            assert receipt.entry is None
            return
        assert entry is not None
        assert receipt.entry is not None
        assert (receipt.entry.n, receipt.entry.h, receipt.entry.id) == (entry["n"], entry["h"], entry["id"])
        assert receipt.entry.events == decision.events
        self.take(entry, list(verdict.events))
        assert all(uid in self.model.meaning for uid in decision.uids)

    @rule(which=programs, often=drafts_at_once, data=st.data())
    def submit_unseen(self, which: int, often: int, data: st.DataObject) -> None:
        for _ in range(often):
            self.submit_and_judge(self.services[which], self.draft(data), None)

    @rule(which=programs, often=drafts_at_once, data=st.data())
    def submit_what_is_shown(self, which: int, often: int, data: st.DataObject) -> None:
        """What was looked at after reading on is what is written."""
        service = self.services[which]
        for _ in range(often):
            service.refresh()
            draft = self.draft(data)
            self.submit_and_judge(service, draft, service.preview(draft))

    @rule(often=drafts_at_once, data=st.data())
    def submit_by_turns_what_was_shown_before_others_wrote(self, often: int, data: st.DataObject) -> None:
        for turn in range(often):
            service, draft = self.services[turn % PROGRAMS], self.draft(data)
            self.submit_and_judge(service, draft, service.preview(draft))

    @rule(which=programs, data=st.data())
    def think_about(self, which: int, data: st.DataObject) -> None:
        draft = self.draft(data)
        self.kept[which] = draft, self.services[which].preview(draft)

    @precondition(lambda self: self.kept)
    @rule(data=st.data())
    def submit_what_was_thought_about(self, data: st.DataObject) -> None:
        which = data.draw(st.sampled_from(sorted(self.kept)))
        self.submit_and_judge(self.services[which], *self.kept.pop(which))

    @rule(which=programs, how=st.sampled_from(["read on", "open anew", "another program"]))
    def look(self, which: int, how: str) -> None:
        if how == "another program":
            self.services[which] = self.program(which)
        if how == "read on":
            self.services[which].refresh()
        else:
            self.services[which].open()

    @rule(torn=st.sampled_from(TORN) | st.integers(0, 400))
    def crash(self, torn: bytes | int) -> None:
        """Somebody died in the midst of a write; of the last line's beginning, or of bytes of no shape."""
        last = self.good[self.good.rindex(b"\n", 0, -1) + 1 :] if len(self.written) > 1 else self.good
        added = last[:-1][:torn] if isinstance(torn, int) else torn
        with self.path.open("ab") as file:
            file.write(added)
        self.torn += added

    @rule(
        which=programs,
        data=st.data(),
        at=st.integers(1, 60),
        fault=st.sampled_from([None, errno.EIO, errno.ENOSPC]),
    )
    def submit_on_a_disk_that_fails(self, which: int, data: st.DataObject, at: int, fault: int | None) -> None:
        """One program has a disk that fails, or dies; what it did is found by looking."""

        def fails(call: int, _name: str) -> BaseException | None:
            if fault is None:
                return Died() if call >= at else None
            return broken(fault) if call == at else None

        service = self.program(which, Halving(fails))
        draft = self.draft(data)
        verdict, told, receipt = self.model.judge(draft), None, None
        try:
            service.open()
            receipt = service.submit(draft)
        except (LedgerError, Died) as error:
            told = error
        entry = self.look_at_the_file(may_be_torn=isinstance(told, Died | OutcomeUnknownError))
        if entry is not None:
            assert verdict.kind == WRITTEN
            self.take(entry, list(verdict.events))
            assert receipt is not None or isinstance(told, Died | OutcomeUnknownError)
        else:
            assert receipt is None or receipt.entry is None
            assert not (isinstance(told, OutcomeUnknownError) and told.present)

    @rule(which=programs, data=st.data())
    def try_again_what_is_written(self, which: int, data: st.DataObject) -> None:
        """With the id that it had: it is found, not written a second time."""
        ledger = self.services[which].ledger.afresh()
        with ledger.turn() as turn:
            entries = turn.news().entries
            entry = data.draw(st.sampled_from(list(entries)))
            again = NewEntry(*(getattr(entry, field) for field in NewEntry.__struct_fields__))
            assert turn.append(again) == entry
        assert self.look_at_the_file() is None

    @rule(which=programs)
    def found_once_more(self, which: int) -> None:
        fresh = self.program(which)
        try:
            fresh.found(FoundRegistry(ROOT, "Acme Imaging"))
        except LedgerExistsError:
            assert self.look_at_the_file() is None
        else:
            raise AssertionError("two registries were founded in one place")

    @rule()
    def all_agree(self) -> None:
        """Whoever has read on sees the same, which is what the model says, and what was ever written is there."""
        for service in (*self.services, self.program(0)):
            if service.trouble is None:
                service.refresh()
            with service.look() as registry:
                assert service.trouble is None
                assert [(e.n, e.h, e.id) for e in registry.entries] == [(w["n"], w["h"], w["id"]) for w in self.written]
                assert {
                    p.number: (p.name, p.code, p.state, p.gtin, to_builtins(p.serials), p.note)
                    for p in registry.products
                } == {
                    number: tuple(held[field] for field in ("name", "code", "state", "gtin", "serials", "note"))
                    for number, held in self.model.products.items()
                }
                assert {
                    r.uid: (r.product, r.version, r.numeric, r.version_name, r.note, r.state) for r in registry.releases
                } == {
                    f"{ROOT}.1.{product}.{numeric}": (
                        product, held["version"], numeric, held["version_name"], held["note"], held["state"]
                    )
                    for (product, numeric), held in self.model.releases.items()
                }  # fmt: skip
                assert {
                    i.uid: (i.serial, i.product, i.note, i.state, i.label, i.prints) for i in registry.installations
                } == {
                    self.model.uid_of(component): tuple(
                        held[field] for field in ("serial", "product", "note", "state", "label", "prints")
                    )
                    for component, held in self.model.installations.items()
                }
                assert registry.indexed_arc == self.model.arc
                for component, scanned in self.model.reads.items():
                    unit = registry.installation(component)
                    assert unit is not None
                    assert [read.scanned for read in registry.reads_of(unit)] == [scanned]
                    assert registry.installation_with(unit.serial) == unit

    @invariant()
    def nobody_is_in_trouble(self) -> None:
        assert [service.trouble for service in self.services] == [None] * PROGRAMS

    def teardown(self) -> None:
        try:
            self.all_agree()
        finally:
            self.folder.cleanup()
