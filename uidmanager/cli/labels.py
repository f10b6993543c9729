"""``label …``: what is printed, and what is read back."""

from __future__ import annotations

import click

from uidmanager.cli.commands import Group


@click.group(
    "label",
    cls=Group,
    elsewhere={
        "check": "uidmanager.cli.label_checks:check",
        "runs": "uidmanager.cli.label_checks:runs",
    },
)
def label() -> None:
    """Labels: print them, and the sheet that goes with a batch; read them back."""
