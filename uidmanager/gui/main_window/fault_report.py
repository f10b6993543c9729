"""What a person can send to us when the program has a fault."""

from __future__ import annotations

import traceback

from msgspec import Struct

from uidmanager.gui.dialogs import details_of_program


class FaultReport(Struct, frozen=True):
    """The whole report as text, and the log's file that tells of the fault as well; empty where it could not."""

    text: str
    log_file: str


def report_of(fault: BaseException, log_file: str) -> FaultReport:
    """The report of a fault: the program's versions, where the log lies, the way to the fault."""
    way = "".join(traceback.format_exception(fault))
    log = f"Log: {log_file}\n" if log_file else ""
    return FaultReport(f"{details_of_program('')}\n{log}\n{way}", log_file)
