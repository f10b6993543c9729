"""Registering a release of the chosen product: the Implementation Class UID appears as the version is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import structs
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from uidmanager.core.drafts import RegisterRelease
from uidmanager.gui.forms.registering import RegisteringForm, label_for, text_or_none
from uidmanager.gui.theme import GAP, TIGHT, fixed_font
from uidmanager.gui.widgets.naming import named
from uidmanager.gui.widgets.uid_preview import UidPreview

if TYPE_CHECKING:
    from uidmanager.core.decision import Decision
    from uidmanager.core.drafts import Draft
    from uidmanager.core.errors import Problem
    from uidmanager.core.records import Product
    from uidmanager.gui.session import Session

_QUIET_HINT = "not needed"
_LOUD_HINT = "2.0.0.1"
_NARROWEST = 64
_SHOWN_ELSEWHERE = "version_name.proposed"  # it stands in the field for the name, as what it will be


class ReleaseForm(RegisteringForm):
    """Nothing can be registered before a product is chosen."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, "release", "&Register release", parent)
        self._product: Product | None = None
        self.version_edit = named(QLineEdit(placeholderText="4.5.0.3"), "version_edit")
        self.numeric_edit = named(QLineEdit(placeholderText=_QUIET_HINT), "numeric_edit")
        self.numeric_edit.setToolTip("A UID has only numbers: what 2.0.0-rc.1 is in numbers, for instance 2.0.0.1")
        self.version_name_edit = named(QLineEdit(), "version_name_edit")
        self.version_name_edit.setToolTip(
            "Implementation Version Name (0002,0013): 1 to 16 characters. Leave it empty for the proposed one"
        )
        self.note_edit = named(QLineEdit(placeholderText="optional"), "release_note_edit")
        self.preview = UidPreview("The Implementation Class UID appears here.")
        self._lay_out()
        fields = {
            "version": self.version_edit,
            "numeric": self.numeric_edit,
            "version_name": self.version_name_edit,
            "note": self.note_edit,
        }
        self.watch(fields, "version")
        self.show_product(None)

    def show_product(self, product: Product | None) -> None:
        """Whose release it is to be; what is typed already stays."""
        self._product = product
        self.setEnabled(product is not None)
        self.review()

    def draft(self) -> Draft | None:
        """The release as it is typed."""
        if self._product is None:
            return None
        return RegisterRelease(
            str(self._product.number),
            self.version_edit.text(),
            numeric=text_or_none(self.numeric_edit),
            version_name=text_or_none(self.version_name_edit),
            note=text_or_none(self.note_edit),
        )

    def notices(self, decision: Decision) -> tuple[Problem, ...]:
        """What is to be said of what changes on the way; the proposed name stands in its field."""
        return tuple(notice for notice in decision.notices if notice.code != _SHOWN_ELSEWHERE)

    def show_decision(self, draft: Draft | None, decision: Decision | None) -> None:
        """The UID in its parts, the name that is proposed, and whether a numeric form is wanted."""
        self.preview.show_parts(decision.breakdown if decision else ())
        proposed = decision.version_name if decision else None
        self.version_name_edit.setPlaceholderText(proposed or "proposed")
        is_wanted = isinstance(draft, RegisterRelease) and (draft.numeric is not None or self._has_letters(draft))
        if self.numeric_edit.isEnabled() != is_wanted:
            self.numeric_edit.setEnabled(is_wanted)
            self.numeric_edit.setPlaceholderText(_LOUD_HINT if is_wanted else _QUIET_HINT)

    def told_result(self, decision: Decision, *, is_new: bool) -> tuple[str, str]:
        """The UID and the name that it has now."""
        verb = "Registered" if is_new else "Registered already, just so:"
        return f"{verb} {decision.version_name}", decision.uids[0]

    def overtaken_sentence(self, decision: Decision) -> str:
        """Somebody registered something near it in the last moment."""
        end = "Look again." if decision.is_refused else "Look at the preview, then press again."
        return f"Somebody else wrote to the ledger meanwhile, and this was not registered. {end}"

    def _has_letters(self, draft: RegisterRelease) -> bool:
        """Whether the version on its own has no number."""
        decision = self.session.preview(structs.replace(draft, numeric=None))
        return any(problem.code == "version.not_numeric" for problem in decision.problems)

    def _lay_out(self) -> None:
        for edit in (self.version_edit, self.numeric_edit, self.version_name_edit):
            edit.setFont(fixed_font())
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(TIGHT)
        fields = (
            ("Ver&sion", self.version_edit, 4),
            ("N&umeric form", self.numeric_edit, 3),
            ("Version n&ame", self.version_name_edit, 4),
            ("No&te", self.note_edit, 4),
        )
        for column, (title, edit, stretch) in enumerate(fields):
            grid.addWidget(label_for(title, edit), 0, column)
            grid.addWidget(edit, 1, column)
            grid.setColumnStretch(column, stretch)
            edit.setMinimumWidth(_NARROWEST)
        grid.addWidget(self.button, 1, len(fields))
        grid.setRowMinimumHeight(2, GAP)
        for row, widget in enumerate((self.preview, self.problems, self.result), 3):
            grid.addWidget(widget, row, 0, 1, len(fields) + 1)
