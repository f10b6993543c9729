"""What a scanner sent, beside what the registry knows: more can be told of it then."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import structs

from uidmanager.core.barcodes.identifiers import SERIAL
from uidmanager.core.errors import Problem, Severity, refusals
from uidmanager.core.patterns import fits

if TYPE_CHECKING:
    from uidmanager.core.barcodes import Read
    from uidmanager.core.records import Product
    from uidmanager.core.registry import Registry

_DOUBT: Final = "scan.no_separator"


def settled(registry: Registry, read: Read | None, product: Product | None) -> Read | None:
    """The read, without the doubt that a separator is missing where the whole serial is known to be one."""
    if read is None or [problem.code for problem in refusals(read.problems)] != [_DOUBT]:
        return read
    whole = next(element.value for element in read.elements if element.ai == SERIAL)
    why = _why_whole(registry, whole, product)
    if not why:
        return read
    notice = Problem("scan.whole", "serial", f"{whole} is taken as one serial: {why}.", None, Severity.NOTICE)
    remaining = tuple(problem for problem in read.problems if problem.code != _DOUBT)
    return structs.replace(read, serial=whole, problems=(*remaining, notice))


def _why_whole(registry: Registry, serial: str, product: Product | None) -> str:
    """Why this is one serial and not a shorter one with something behind it; empty where nothing says so."""
    held = registry.installation_with(serial)
    if held is not None and held.serial == serial:
        return "a unit has it already"
    if product is not None and product.serials.pattern is not None and fits(product.serials.pattern, serial):
        return f"those of “{product.name}” are like that"
    return ""
