"""The command line: each command parses, calls the service and prints. No rule of the registry lives here."""

from uidmanager.cli.running import run

__all__ = ["run"]
