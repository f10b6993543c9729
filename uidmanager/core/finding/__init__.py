"""Finding and ordering installations, a million of them, while somebody types.

Everything here goes in steps of a millisecond or two, so that a window can take its turn in between, and everything can
be dropped after any step.
"""

from uidmanager.core.finding.index import Found, Index
from uidmanager.core.finding.listing import Arrangement, Change, Listing
from uidmanager.core.finding.orders import ByComponent, ByPlace, ByText, Order
from uidmanager.core.finding.places import Places, flagged
from uidmanager.core.finding.search import listed
from uidmanager.core.finding.words import Word

__all__ = [
    "Arrangement",
    "ByComponent",
    "ByPlace",
    "ByText",
    "Change",
    "Found",
    "Index",
    "Listing",
    "Order",
    "Places",
    "Word",
    "flagged",
    "listed",
]
