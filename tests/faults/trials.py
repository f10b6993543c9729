"""The trials: rounds in which writers are killed, and a contest in which none is."""

from __future__ import annotations

import random
import signal
from collections import Counter
from typing import TYPE_CHECKING

from msgspec import Struct

from tests.faults.killing import CHOSEN, Moment, Plan, torn_copies
from tests.faults.writers import NamedWorld, Place, Said, products, said_by, serials, start
from uidmanager.app.service import Service
from uidmanager.core.drafts import FoundRegistry

if TYPE_CHECKING:
    from collections.abc import Iterable
    from multiprocessing.context import ForkProcess
    from pathlib import Path

    from uidmanager.core.registry import Registry

ROOT = "1.2.826.0.1.3680043.2.50"
_ROUNDS_ON_ONE_LEDGER = 25
_SERIALS = 12
_WRITERS = 3
_SHORTEST_LIFE_S, _LONGEST_LIFE_S = 0.001, 0.04


class Tally(Struct):
    """What the rounds came to. ``unacknowledged`` entries are in the ledger; their writer died before saying so."""

    rounds: int = 0
    killed: int = 0
    acknowledged: int = 0
    unacknowledged: int = 0
    torn: int = 0
    longest_wait: float = 0.0


def found(folder: Path) -> Place:
    """A registry in this folder, with nothing in it."""
    folder.mkdir(parents=True)
    place = Place(str(folder))
    service = Service(place.ledger("founder"), NamedWorld("founder"))
    service.found(FoundRegistry(ROOT, "Acme Imaging"))
    return place


def rounds(folder: Path, count: int, seed: int) -> Tally:
    """Kill writers in so many rounds; raises `AssertionError` as soon as a promise is broken."""
    dice, tally = random.Random(seed), Tally()  # noqa: S311 (to be repeated)
    place = found(folder / "0")
    for number in range(count):
        if number and number % _ROUNDS_ON_ONE_LEDGER == 0:
            place = found(folder / str(number))
        try:
            _round(place, number, dice, tally)
        except AssertionError as broken:
            raise AssertionError(f"round {number} with seed {seed}, in {place.folder}: {broken}") from broken
        tally.rounds += 1
    return tally


def _round(place: Place, number: int, dice: random.Random, tally: Tally) -> None:
    torn_before = torn_copies(place.path)
    before = _verified(place).position
    plans = [_plan(dice) for _ in range(_WRITERS - 1)]
    drafts = serials(range(number * _SERIALS, (number + 1) * _SERIALS))
    names = [f"{number}-{index}" for index in range(_WRITERS)]
    writers = [
        start(place, name, plan, drafts, dice.getrandbits(32))
        for name, plan in zip(names, [*plans, Plan(Moment.NEVER)], strict=True)
    ]
    for plan, writer in zip(plans, writers, strict=False):
        if plan.moment is Moment.ANY_TIME:
            writer.join(dice.uniform(_SHORTEST_LIFE_S, _LONGEST_LIFE_S))
            writer.kill()
    for writer in writers:
        writer.join()
    killed = _ends(writers)
    registry = _verified(place)
    said = [each for name in names for each in said_by(place, name)]
    acknowledged = [each for each in said if each.n]
    _check_acknowledged(registry, acknowledged)
    _check_each_once(registry, drafts_done=(number + 1) * _SERIALS, before=number - number % _ROUNDS_ON_ONE_LEDGER)
    torn = _check_torn(torn_copies(place.path) - torn_before, said, killed)
    tally.killed += killed
    tally.acknowledged += len(acknowledged)
    tally.unacknowledged += registry.position - before - len(acknowledged)
    tally.torn += torn
    tally.longest_wait = max(tally.longest_wait, *(each.waited for each in said), 0.0)


def _plan(dice: random.Random) -> Plan:
    moment = dice.choice((*CHOSEN, Moment.ANY_TIME))
    return Plan(moment, dice.randint(1, _SERIALS // 2), dice.random())


def _ends(writers: list[ForkProcess]) -> int:
    """How many were killed. Everybody else must have ended well, and the last one lives always."""
    codes = [writer.exitcode for writer in writers]
    assert set(codes) <= {0, -signal.SIGKILL}, f"writers ended with {codes}"
    assert codes[-1] == 0, "the writer that was not killed did not end well"
    return codes.count(-signal.SIGKILL)


def _verified(place: Place) -> Registry:
    """The ledger read anew by a writer, who sets aside what is torn; the chain and the fold must be whole."""
    ledger = place.ledger("checker")
    with ledger.turn() as turn:
        turn.news()
    service = Service(ledger, NamedWorld("checker"))
    service.open()
    assert service.trouble is None, str(service.trouble)
    with service.look() as registry:
        return registry


def _check_acknowledged(registry: Registry, acknowledged: Iterable[Said]) -> None:
    """Every acknowledged entry is there at its place with its hash, and no number was acknowledged twice."""
    twice = [what for what, times in Counter(each.what for each in acknowledged).items() if times > 1]
    assert not twice, f"given twice: {twice}"
    for each in acknowledged:
        assert each.n <= registry.position, f"entry {each.n} was acknowledged and is lost"
        assert registry.entries[each.n - 1].h == each.h, f"entry {each.n} was acknowledged and is another one now"


def _check_each_once(registry: Registry, *, drafts_done: int, before: int) -> None:
    """Every serial that was asked for has its root, and exactly one entry speaks of it."""
    wanted = {str(serial) for serial in range(before * _SERIALS, drafts_done)}
    assert {each.component for each in registry.installations} == wanted
    assert registry.position == len(wanted) + 1, "entries and serials do not agree"


def _check_torn(copies: set[str], said: Iterable[Said], killed: int) -> int:
    """What was set aside was said once, but by those who were killed before they could, or by the checker."""
    remarks = [each.remark for each in said if "set aside in" in each.remark]
    named = Counter(copy for copy in copies for remark in remarks if f"in {copy};" in remark)
    assert all(times == 1 for times in named.values()), f"said more than once: {named}"
    assert len(copies) - len(named) <= killed + 1, "a torn tail was set aside and nobody said so"
    return len(copies)


def contest(folder: Path, writers: int, each: int) -> Tally:
    """All want the same serials and products of their own; raises `AssertionError` when a promise is broken."""
    place = found(folder)
    names = [f"writer-{index}" for index in range(writers)]
    running = [
        start(place, name, Plan(Moment.NEVER), [*serials(range(each), seed), *products(name, 5)], seed)
        for seed, name in enumerate(names)
    ]
    for process in running:
        process.join()
    assert [process.exitcode for process in running] == [0] * writers, "a writer did not end well"
    registry = _verified(place)
    said = {name: said_by(place, name) for name in names}
    acknowledged = [one for told in said.values() for one in told if one.n]
    _check_acknowledged(registry, acknowledged)
    assert sorted(one.what for one in acknowledged if one.what.startswith("installation")) == sorted(
        f"installation {serial}" for serial in range(each)
    )
    assert sorted(product.number for product in registry.products) == list(range(1, writers * 5 + 1))
    for name, told in said.items():
        refusals = [one.refused for one in told if one.refused]
        assert len(told) == each + 5
        assert all(any(f"by {other}" in refusal for other in names if other != name) for refusal in refusals)
    longest = max(one.waited for told in said.values() for one in told)
    return Tally(1, 0, len(acknowledged), registry.position - 1 - len(acknowledged), 0, longest)
