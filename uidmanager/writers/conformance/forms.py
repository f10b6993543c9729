"""The forms in which an extract for a conformance statement can be written."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final, assert_never

if TYPE_CHECKING:
    from uidmanager.core.reports.conformance import Extract
    from uidmanager.writers.stamp import Stamp


class Form(StrEnum):
    """How an extract is written: for a browser and to be pasted, for a word processor, for DocBook, to be read."""

    HTML = "html"
    DOCX = "docx"
    DOCBOOK = "docbook"
    TEXT = "text"

    @property
    def suffix(self) -> str:
        """How the name of a file in this form ends, without the dot."""
        return _SUFFIXES.get(self, self.value)

    @property
    def is_binary(self) -> bool:
        """Whether a terminal can make nothing of it."""
        return self is Form.DOCX


_SUFFIXES: Final = {Form.DOCBOOK: "xml", Form.TEXT: "txt"}  # where it is not the form's name


def form_of(name: str) -> Form | None:
    """The form that a file's name asks for by its end, if it does."""
    end = name.rpartition(".")[2].lower()
    return next((form for form in Form if end == form.suffix), None)


def write(extract: Extract, form: Form, stamp: Stamp) -> bytes:
    """The extract as the content of a file. The same extract and stamp make the same bytes."""
    match form:
        case Form.HTML:
            from uidmanager.writers.conformance import as_html  # noqa: PLC0415 (a writer is loaded when asked for)

            return as_html.write(extract, stamp)
        case Form.DOCX:
            from uidmanager.writers.conformance import as_docx  # noqa: PLC0415 (the same)

            return as_docx.write(extract, stamp)
        case Form.DOCBOOK:
            from uidmanager.writers.conformance import as_docbook  # noqa: PLC0415 (the same)

            return as_docbook.write(extract, stamp)
        case Form.TEXT:
            from uidmanager.writers.conformance import as_text  # noqa: PLC0415 (the same)

            return as_text.write(extract, stamp)
        case _:
            assert_never(form)
