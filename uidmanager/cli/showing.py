"""One record with all that is kept of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from uidmanager.cli.answers import Answer, refused
from uidmanager.core.reports import Filter, Kind, report
from uidmanager.core.rules.common import product_meant
from uidmanager.writers.rows_text import pairs

if TYPE_CHECKING:
    from uidmanager.cli.session import Session


def show_product(session: Session, named: str) -> Answer:
    """A product as it is listed, and the example of its serials."""
    service = session.opened()
    with service.look() as registry:
        product, problems = product_meant(registry, named)
        if product is None:
            return refused(*problems).in_trouble(service.trouble)
        made = report(registry, Kind.PRODUCTS, Filter(product=product.number))
    row = {**made.rows[0], "example": product.serials.example}
    return Answer(data=dict(row), text=lambda: pairs(row.items())).in_trouble(service.trouble)
