"""The report on labels: a row for each print run, and with a product only those of its units."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.core.test_labels import RUN, bench, checking, printing  # noqa: F401 (a fixture is used by its name)
from uidmanager.core.reports import Kind, report
from uidmanager.core.reports.filters import Filter

if TYPE_CHECKING:
    from tests.core.conftest import Book


def numbers(book: Book, wanted: Filter) -> list[object]:
    return [row["entry"] for row in report(book.registry, Kind.LABELS, wanted).rows]


def test_each_print_run_has_a_row_that_says_how_far_it_is(bench: Book) -> None:  # noqa: F811 (the fixture)
    bench.do(checking(("0372764", "0372764")))
    (row,) = [row for row in report(bench.registry, Kind.LABELS, Filter()).rows if row["entry"] == RUN]
    assert (row["printed"], row["checked"], row["missing"], row["complete"]) == (2, 1, 1, "no")
    assert row["checked_by"] == "anna"


def test_a_run_is_of_each_product_that_has_a_unit_in_it(bench: Book) -> None:  # noqa: F811 (the fixture)
    held = bench.registry.installation("372764")
    assert held
    assert RUN in numbers(bench, Filter(product=held.product))
    assert numbers(bench, Filter(product=999)) == []
    assert numbers(bench, Filter(since="2030-01-01")) == []
