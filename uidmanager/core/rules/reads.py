"""What a scanner sent, beside what the registry knows of the product: more can be told of it then."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import structs

from uidmanager.core.barcodes.identifiers import SERIAL
from uidmanager.core.errors import Problem, Severity, refusals
from uidmanager.core.patterns import fits

if TYPE_CHECKING:
    from uidmanager.core.barcodes import Read
    from uidmanager.core.records import Product

_DOUBT: Final = "scan.no_separator"


def settled(read: Read | None, product: Product | None) -> Read | None:
    """The read, without the doubt that a separator is missing where the product's pattern takes the whole serial."""
    if read is None or product is None or product.serials.pattern is None:
        return read
    refused = refusals(read.problems)
    whole = next((element.value for element in read.elements if element.ai == SERIAL), "")
    if [problem.code for problem in refused] != [_DOUBT] or not fits(product.serials.pattern, whole):
        return read
    sentence = f"{whole} is taken as one serial, since those of “{product.name}” are like that."
    notice = Problem("scan.pattern_settles", "serial", sentence, None, Severity.NOTICE)
    remaining = tuple(problem for problem in read.problems if problem.code != _DOUBT)
    return structs.replace(read, serial=whole, problems=(*remaining, notice))
