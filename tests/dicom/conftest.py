"""The registry of those who made the planted files, and files in which they lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.core.conftest import Book
from tests.dicom.planting import FOUNDING, REGISTRY
from uidmanager.core.drafts import FoundRegistry

if TYPE_CHECKING:
    from uidmanager.core.registry import Registry


@pytest.fixture(scope="session")
def registry() -> Registry:
    book = Book()
    book.do(FoundRegistry(FOUNDING.root, FOUNDING.organisation, "registry-1"))
    for draft in REGISTRY:
        book.do(draft)
    return book.registry
