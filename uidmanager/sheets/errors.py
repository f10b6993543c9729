"""Why a file cannot be taken for a spreadsheet. Each sentence says what to do instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from uidmanager.core.errors import UidManagerError

if TYPE_CHECKING:
    from pathlib import Path


class SheetError(UidManagerError):
    """A spreadsheet that cannot be read; each reason is a class below. ``where`` is the file as the user named it."""

    def __init__(self, where: Path, sentence: str) -> None:
        super().__init__(sentence)
        self.where = where


class SheetMissingError(SheetError):
    """The file is not there, or the system does not hand it out."""

    code = "sheet.missing"

    def __init__(self, where: Path, reason: str) -> None:
        super().__init__(where, f"{where} cannot be read ({reason}). Check the name and that you may read it.")


class DamagedSheetError(SheetError):
    """A workbook or a text that breaks off, or is not built as it should be."""

    code = "sheet.damaged"

    def __init__(self, where: Path, what: str) -> None:
        super().__init__(
            where, f"{where} is damaged: {what}. Open it in your spreadsheet program, look at it, and save it anew."
        )


class LockedSheetError(SheetError):
    """A workbook that asks for a password."""

    code = "sheet.password"

    def __init__(self, where: Path) -> None:
        super().__init__(
            where,
            f"{where} is protected by a password, so that nothing in it can be read. Open it in your spreadsheet "
            "program, and save a copy without the password.",
        )


class ForeignSheetError(SheetError):
    """A file of another kind."""

    code = "sheet.kind"

    def __init__(self, where: Path, what: str) -> None:
        super().__init__(where, f"{where} is {what}. Save it as an Excel workbook (.xlsx) or as CSV, and import that.")


class OurFileError(SheetError):
    """A file of this program, which another command takes."""

    code = "sheet.ours"

    def __init__(self, where: Path, what: str) -> None:
        super().__init__(where, f"{where} is {what}.")


class EmptySheetError(SheetError):
    """There is nothing in it."""

    code = "sheet.empty"

    def __init__(self, where: Path, what: str) -> None:
        super().__init__(where, f"{what} of {where} is empty. Check whether it is the right one.")


class LargeSheetError(SheetError):
    """More than is taken into memory, or into one entry."""

    code = "sheet.too_large"

    def __init__(self, where: Path, what: str, remedy: str) -> None:
        super().__init__(where, f"{where} {what}. {remedy}")


class NoSuchSheetError(SheetError):
    """A workbook has no sheet of that name."""

    code = "sheet.unknown"

    def __init__(self, where: Path, named: str, there: str) -> None:
        super().__init__(where, f"{where} has no sheet “{named}”. It has: {there}. Name one of them.")


class EncodingError(SheetError):
    """A text that is not in the encoding that was asked for."""

    code = "sheet.encoding"

    def __init__(self, where: Path, encoding: str, at: int) -> None:
        super().__init__(where, f"{where} is no text in {encoding}: byte {at:,} does not fit. Choose another encoding.")
