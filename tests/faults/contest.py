"""Many writers who all want the same serials, and a product number each time: who gets what, and who waits how long."""

from __future__ import annotations

import multiprocessing
from collections import Counter
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import monotonic
from typing import NamedTuple

from tests.faults.crash import ROOT, BrokenPromiseError
from tests.faults.writer import Place
from uidmanager.core.drafts import AssignInstallations, FoundRegistry, RegisterProduct
from uidmanager.core.events import InstallationAssigned, ProductRegistered


class Outcome(NamedTuple):
    """What became of a contest, and what the longest anybody waited for one answer was, in seconds."""

    entries: int
    won: int
    lost: int
    products: int
    longest_wait: float


def compete(place: Place, index: int, each: int, seed: int) -> None:
    """Ask for every serial, in an order of one's own and spelled as one's own, and for a product after every tenth."""
    name = f"w{index}"
    serials = list(range(1, each + 1))
    Random(seed + index).shuffle(serials)  # noqa: S311 - to be repeatable, not secret
    with place.told(name).open("a", buffering=1, encoding="utf-8") as out:
        service = place.service(name, patience=600)
        service.open()
        for asked, serial in enumerate(serials):
            began = monotonic()
            receipt = service.submit(AssignInstallations((f"{'0' * index}{serial}",)))
            waited = monotonic() - began
            if receipt.entry is not None:
                out.write(f"won {serial} {waited}\n")
            else:
                problems = " ".join(problem.message for problem in receipt.decision.problems)
                out.write(f"lost {serial} {waited} {problems}\n")
            if asked % 10 == 0:
                number = service.submit(RegisterProduct(f"{name} {asked}")).decision.number
                out.write(f"product {number} 0\n")


def run(writers: int, each: int, seed: int) -> Outcome:
    """Let so many compete for so many serials. Raises `BrokenPromiseError`."""
    context = multiprocessing.get_context("fork")
    with TemporaryDirectory(prefix="faults-") as folder:
        place = Place(Path(folder))
        place.service().found(FoundRegistry(ROOT, "Acme Imaging"))
        rivals = [context.Process(target=compete, args=(place, index, each, seed)) for index in range(writers)]
        for rival in rivals:
            rival.start()
        for rival in rivals:
            rival.join()
        if any(rival.exitcode for rival in rivals):
            raise BrokenPromiseError(f"writers ended with {[rival.exitcode for rival in rivals]}")
        return _judged(place, writers, each)


def _judged(place: Place, writers: int, each: int) -> Outcome:
    """Whether each serial was given once, each loser told who won, and product numbers have no gap."""
    service = place.service()
    service.open()
    if service.trouble is not None:
        raise BrokenPromiseError(str(service.trouble))
    with service.look() as registry:
        entries = registry.entries
    winners = {
        event.component: entry.by
        for entry in entries
        for event in entry.events
        if isinstance(event, InstallationAssigned)
    }
    given = [event for entry in entries for event in entry.events if isinstance(event, InstallationAssigned)]
    numbers = [event.number for entry in entries for event in entry.events if isinstance(event, ProductRegistered)]
    lines = [(index, line) for index in range(writers) for line in _told(place, index)]
    won = {line.split()[1]: f"w{index}" for index, line in lines if line.startswith("won")}
    often = Counter(line.split()[0] for _, line in lines)
    said = [int(line.split()[1]) for _, line in lines if line.startswith("product")]
    untold = [
        line for _, line in lines if line.startswith("lost") and winners[line.split()[1]] not in line.split(" ", 3)[3]
    ]
    faults = {
        "serials given": len(given) == each == len(winners),
        "winners told": won == winners and often["won"] == each,
        "all answered": often["won"] + often["lost"] == writers * each,
        "losers told who won": not untold,
        "product numbers without a gap": numbers == list(range(1, len(numbers) + 1)) == sorted(said),
        "entries": len(entries) == 1 + len(given) + len(numbers),
    }
    broken = [what for what, is_kept in faults.items() if not is_kept]
    if broken:
        raise BrokenPromiseError(f"{', '.join(broken)}; {untold[:3]}")
    waits = [float(line.split()[2]) for _, line in lines]
    return Outcome(len(entries), often["won"], often["lost"], len(numbers), max(waits))


def _told(place: Place, index: int) -> list[str]:
    return place.told(f"w{index}").read_text(encoding="utf-8").splitlines()
