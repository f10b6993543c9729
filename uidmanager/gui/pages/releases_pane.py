"""The releases of one product: registered, noted, withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, Slot

from uidmanager.core.drafts import CorrectRelease, WithdrawRelease
from uidmanager.core.records import Release, State
from uidmanager.core.texts import visible
from uidmanager.core.uid import order_of
from uidmanager.gui.dialogs.correct_text import Correction, CorrectTextDialog
from uidmanager.gui.dialogs.decision import ReasonDialog
from uidmanager.gui.dialogs.use_action import UseAction
from uidmanager.gui.forms.release_form import ReleaseForm
from uidmanager.gui.pages.record_pane import RecordPane, Wording, action
from uidmanager.gui.table_models import Column, RecordTableModel
from uidmanager.gui.tables.record_table import Copied, RecordTable
from uidmanager.gui.theme import fixed_font
from uidmanager.gui.times import exact_time, local_time
from uidmanager.gui.widgets.empty_page import EmptyPage
from uidmanager.gui.widgets.naming import named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from uidmanager.core.decision import Decision
    from uidmanager.core.records import Product
    from uidmanager.gui.session import Session

_EMPTY_WIDTH: Final = 340
_LONGEST_VERSION_SHOWN: Final = 16
_COPIES: Final = (
    Copied("Copy Implementation Class UID", lambda r: r.uid),
    Copied("Copy Implementation Version Name", lambda r: r.version_name),
)


def _columns(root_length: int) -> tuple[Column[Release], ...]:
    """The columns, the UIDs' as wide as they are under this registry's root."""
    uid_width = root_length + _LONGEST_VERSION_SHOWN
    return (
        Column("Version", lambda r: r.version, lambda r: order_of(r.numeric), width=11),
        Column("Implementation Class UID", lambda r: r.uid, lambda r: order_of(r.uid), is_fixed=True, width=uid_width),
        Column("Implementation Version Name", lambda r: r.version_name, is_fixed=True, width=23),
        Column("Registered", lambda r: local_time(r.origin.at), lambda r: r.origin.at, width=15, tooltip=_registered),
        Column("State", lambda r: r.state.value, width=10),
        Column("Note", lambda r: r.note or "", width=20),
    )


def _registered(release: Release) -> str:
    origin = release.origin
    return f"{exact_time(origin.at)} by {origin.by} at {origin.station}"


class ReleasesPane(RecordPane):
    """The releases of the product that was last shown, the newest version first."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, Wording("releases", "withdrawn", "Choose a release to see its history."), parent)
        named(self, "releases_pane")
        self._product: Product | None = None
        self.use_action = UseAction(session, "use_release", self)
        self.correct_action = action("correct_release", "&Correct note…", self)
        self.withdraw_action = action("withdraw_release", "With&draw…", self)
        self.correct_action.triggered.connect(self._correct)
        self.withdraw_action.triggered.connect(self._withdraw)
        with session.service.look() as registry:
            columns = _columns(len(registry.founding.root))
        model = RecordTableModel(columns, lambda r: r.uid, fixed_font(), lambda r: r.state is not State.ACTIVE)
        table = RecordTable(model, "releases_table", "Releases", _COPIES)
        table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
        self.no_product = named(
            EmptyPage(
                "No product chosen",
                "A release belongs to a product. Choose one on the left, or register one.",
                width=_EMPTY_WIDTH,
            ),
            "no_product_chosen_page",
        )
        self.no_release = named(
            EmptyPage("No release yet", "Type a version above, as you write it: 4.5.0.3. Its Implementation Class UID "
                      "appears at once; press Enter to register it, then put it into the build.",
                      width=_EMPTY_WIDTH),
            "no_releases_page",
        )  # fmt: skip
        self.release_form = ReleaseForm(session)
        actions = (self.correct_action, self.withdraw_action)
        self.assemble(self.release_form, model, table, actions, (self.no_product, self.no_release), self.use_action)
        self.release_form.registered.connect(self._show_registered)
        self.use_action.copied.connect(self.copied)
        self.show_product(None)

    @property
    def product_number(self) -> int | None:
        """Whose releases are shown."""
        return None if self._product is None else self._product.number

    def show_product(self, product: Product | None) -> None:
        """Show the releases of this product; of the same one again: only how it is called now."""
        is_same = product is not None and product.number == self.product_number
        self._product = product
        self.release_form.show_product(product)
        self.title.setText("Releases" if product is None else f"Releases of {visible(product.name)}")
        if not is_same:
            with self.session.service.look() as registry:
                releases = [] if product is None else registry.releases_of(product.number)
            self.model.replace(releases)
            self.filter_bar.edit.clear()
        self.review_page()

    def take_in(self, records: Sequence[Any]) -> None:
        """Some records are new or have changed; those of other products are not shown here."""
        super().take_in([r for r in records if isinstance(r, Release) and r.product == self.product_number])

    def review_page(self) -> None:
        """The table, as soon as there is a release."""
        if self._product is None:
            self.stack.setCurrentWidget(self.no_product)
        else:
            self.stack.setCurrentWidget(self.table if self.model.total else self.no_release)

    def review_actions(self) -> None:
        """Only a release in use can be withdrawn; nothing can while the ledger is in trouble."""
        release, is_well = self.chosen, self.session.trouble is None
        self.use_action.show_record(release)
        self.correct_action.setEnabled(is_well and release is not None)
        self.withdraw_action.setEnabled(is_well and release is not None and release.state is State.ACTIVE)

    @Slot(object)
    def _show_registered(self, decision: Decision) -> None:
        with self.session.service.look() as registry:
            release = next((r for r in registry.releases if r.uid == decision.uids[0]), None)
        if release is not None:
            self.show_row(release.uid, release)

    @Slot()
    def _correct(self) -> None:
        release: Release | None = self.chosen
        if release is None:
            return

        def draft(correction: Correction) -> CorrectRelease:
            return CorrectRelease(str(release.product), release.numeric, correction.text, correction.reason)

        correction = CorrectTextDialog.ask(
            self,
            f"Correct the note of {release.version}",
            f"{release.uid} stays as it is. The old note stays in the history.",
            "&Note",
            release.note or "",
            lambda correction: self.session.preview(draft(correction)),
        )
        if correction is not None:
            self.submit(draft(correction))

    @Slot()
    def _withdraw(self) -> None:
        release: Release | None = self.chosen
        if release is None:
            return

        def draft(reason: str) -> WithdrawRelease:
            return WithdrawRelease(str(release.product), release.numeric, reason)

        reason = ReasonDialog.ask(
            self,
            f"Withdraw {release.version}",
            f"Release {release.version} must not be used any more. {release.uid} stays taken for ever. This cannot be "
            "undone: a build that is to be used gets a new version.",
            "Withdraw",
            lambda reason: self.session.preview(draft(reason)),
        )
        if reason is not None:
            self.submit(draft(reason))
