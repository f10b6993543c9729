from __future__ import annotations

import pytest

from tests.core.conftest import ROOT, Book, codes
from uidmanager.core.drafts import FoundRegistry
from uidmanager.core.events import RegistryFounded
from uidmanager.core.records import Scheme


def test_a_registry_is_founded_under_its_root_with_the_published_scheme(empty: Book) -> None:
    decision = empty.do(FoundRegistry(f" {ROOT} ", "  Acme Imaging ", "registry-1"))
    assert decision.uids == (ROOT,)
    assert decision.events == (
        RegistryFounded("uidmanager-ledger", 1, "registry-1", "Acme Imaging", ROOT, Scheme("1", "2")),
    )


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        pytest.param(FoundRegistry("", "Acme"), ["uid.empty"], id="no root"),
        pytest.param(FoundRegistry(ROOT, " "), ["organisation.empty"], id="no organisation"),
        pytest.param(FoundRegistry("1.02", ""), ["uid.leading_zero", "organisation.empty"], id="all problems at once"),
        pytest.param(FoundRegistry("1.2.840.10008", "Acme"), ["root.not_yours"], id="DICOM's own root"),
        pytest.param(FoundRegistry(ROOT, "A" * 81), ["text.too_long"], id="a name that no report can hold"),
        pytest.param(FoundRegistry(ROOT, "Ac\x00me"), ["text.character"], id="a control character in the name"),
    ],
)
def test_a_founding_is_refused_for(empty: Book, draft: FoundRegistry, expected: list[str]) -> None:
    decision = empty.ask(draft)
    assert codes(decision) == expected
    assert decision.events == ()


def test_a_ledger_holds_one_registry_and_its_root_is_fixed(book: Book) -> None:
    assert codes(book.ask(FoundRegistry("1.2.826.0.1.8407369", "Other"))) == ["registry.founded"]
