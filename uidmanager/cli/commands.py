"""The shape of a command: how it is found, which options all of them have, how help is asked for."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from uidmanager.core.texts import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from uidmanager.cli.session import Session

_Callback = TypeVar("_Callback", bound="Callable[..., Any]")
_LONGEST_NUMBER: Final = 20
_STDOUT: Final = "-"


class ShownError(click.ClickException):
    """Not an error: help or the version was asked for, and this is it."""


class Command(click.Command):
    """A command that answers instead of printing."""

    _help: click.Option | None = None

    def get_help_option(self, ctx: click.Context) -> click.Option | None:  # noqa: ARG002 (click's signature)
        """``--help``, answered like everything else."""
        self._help = self._help or _help_option()
        return self._help


class Group(Command, click.Group):
    """A group of commands; those in ``elsewhere`` are loaded from their modules when they are asked for."""

    command_class = Command
    group_class = type

    def __init__(self, name: str, *, elsewhere: Mapping[str, str] | None = None, **attributes: Any) -> None:
        super().__init__(name, **{"no_args_is_help": False, **attributes})
        self._elsewhere = dict(elsewhere or {})

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        """The names in the order in which they are to be read."""
        return [*self._elsewhere, *self.commands]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, loaded now if need be."""
        if cmd_name not in self._elsewhere:
            return super().get_command(ctx, cmd_name)
        module, _, name = self._elsewhere[cmd_name].partition(":")
        found = getattr(import_module(module), name)
        if not isinstance(found, click.Command):
            raise TypeError(f"{self._elsewhere[cmd_name]} is no command")
        return found


def product_number(context: click.Context, option: click.Parameter, text: str | None) -> int | None:
    """A number in the digits 0 to 9: Python would also take those of other scripts, underscores and blanks.

    Which numbers a product can have is for a rule of the registry to say.
    """
    if text is None:
        return None
    if len(text) > _LONGEST_NUMBER:
        raise click.BadParameter(f"it has {len(text)} characters, a product number 9 at most.", context, option)
    if not re.fullmatch("[0-9]+", text):
        raise click.BadParameter(f"“{visible(text)}” is not a number; use the digits 0 to 9.", context, option)
    return int(text)


def reads(callback: _Callback) -> _Callback:
    """Give a command the option that every command has."""

    def remember(context: click.Context, _option: click.Parameter, value: bool) -> None:  # noqa: FBT001 (click's signature)
        session: Session = context.obj
        session.as_json = session.as_json or value

    wrap = click.option(
        "--json",
        is_flag=True,
        expose_value=False,
        is_eager=True,
        callback=remember,
        help="Answer with one JSON object on stdout, and nothing on stderr.",
    )
    return wrap(callback)


def writes(callback: _Callback) -> _Callback:
    """Give a command the options that every command has which changes the registry."""
    dry = click.option("--dry-run", is_flag=True, help="Answer what would be registered, and write nothing.")
    why = click.option("--reason", metavar="TEXT", help="Why; kept with the change in the history.")
    return reads(why(dry(callback)))


def saves(callback: _Callback) -> _Callback:
    """Give a command the options that say where its result goes: ``output``, None for stdout, and ``force``."""
    where = click.option(
        "-o",
        "--output",
        metavar="FILE",
        callback=_destination,
        help="Where to; else stdout. A file that is there is kept.",
    )
    return where(over(callback))


def over(callback: _Callback) -> _Callback:
    """Give a command that writes a file the option ``force``."""
    wrap = click.option(
        "--force", is_flag=True, help="Write over a file that is there. A ledger is never written over."
    )
    return wrap(callback)


def file_meant(context: click.Context, option: click.Parameter, text: str | None) -> Path | None:
    """The callback of an option that names a file; an empty name, as an unset variable gives it, is none."""
    if text is not None and not text.strip():
        raise click.UsageError(f"{option.opts[-1]} names no file.", context)
    return None if text is None else Path(text)


def shows(text: Callable[[click.Context], str]) -> Callable[[click.Context, click.Parameter, bool], None]:
    """The callback of an option that shows something and stops."""

    def show(context: click.Context, _option: click.Parameter, value: bool) -> None:  # noqa: FBT001 (click's signature)
        if value and not context.resilient_parsing:
            raise ShownError(text(context))

    return show


def _destination(context: click.Context, option: click.Parameter, text: str | None) -> Path | None:
    return None if text == _STDOUT else file_meant(context, option, text)


def _help_option() -> click.Option:
    return click.Option(
        ["--help"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=shows(click.Context.get_help),
        help="Show this and stop.",
    )
