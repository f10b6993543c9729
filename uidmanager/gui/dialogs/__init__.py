"""The few dialogs: where a decision is needed, and where something is looked up. Each that asks has a method `ask`."""

from uidmanager.gui.dialogs.ask_devices import AskDevicesDialog
from uidmanager.gui.dialogs.bench_guide import GuideDialog
from uidmanager.gui.dialogs.copies import CopiesDialog
from uidmanager.gui.dialogs.correct_installation import CorrectInstallationDialog
from uidmanager.gui.dialogs.decision import DecisionDialog, ReasonDialog
from uidmanager.gui.dialogs.export_registry import ExportDialog
from uidmanager.gui.dialogs.help import AboutDialog, ShortcutsDialog, details_of_program
from uidmanager.gui.dialogs.import_registry import ImportDialog
from uidmanager.gui.dialogs.inspection_pack import PackDialog
from uidmanager.gui.dialogs.installation_check import InstallationCheckDialog
from uidmanager.gui.dialogs.note_seen import NoteSeenDialog
from uidmanager.gui.dialogs.open_arc import OpenArcDialog
from uidmanager.gui.dialogs.take_over import TakeOverDialog
from uidmanager.gui.dialogs.try_scanner import TryScannerDialog

__all__ = [
    "AboutDialog",
    "AskDevicesDialog",
    "CopiesDialog",
    "CorrectInstallationDialog",
    "DecisionDialog",
    "ExportDialog",
    "GuideDialog",
    "ImportDialog",
    "InstallationCheckDialog",
    "NoteSeenDialog",
    "OpenArcDialog",
    "PackDialog",
    "ReasonDialog",
    "ShortcutsDialog",
    "TakeOverDialog",
    "TryScannerDialog",
    "details_of_program",
]
