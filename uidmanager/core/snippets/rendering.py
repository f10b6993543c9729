"""From templates and facts to snippets, with the warnings that each deserves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from uidmanager.core.budget import Fit, lights
from uidmanager.core.errors import Problem, Severity, refusals, remarks
from uidmanager.core.snippets.languages import in_comment, in_string
from uidmanager.core.snippets.templates import COMMENT, PLACE, LineEnd, Purpose, Template

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Sequence

    from uidmanager.core.snippets.facts import Facts


class Snippet(Struct, frozen=True):
    """The lines to be copied, with LF or CR LF as their toolkit wants it; empty where ``problems`` refuse them.

    ``remarks`` are the cautions and notices that belong with the lines and must be shown beside them.
    """

    template: Template
    text: str
    problems: tuple[Problem, ...] = ()
    remarks: tuple[Problem, ...] = ()


def snippets_for(templates: Iterable[Template], facts: Facts) -> list[Snippet]:
    """A snippet of each template that is for such a thing, in the order given."""
    return [render(template, facts) for template in templates if template.purpose is facts.purpose]


def render(template: Template, facts: Facts) -> Snippet:
    """The snippet that a template makes of facts of its purpose. Raises `ValueError` for another purpose."""
    if template.purpose is not facts.purpose:
        raise ValueError(f"{template.name} is for {template.purpose}, not for {facts.purpose}")
    said = (*remarks(facts.problems), *_light(template, facts), *_sentences(template))
    text, problems = _filled(template, facts)
    problems = (*refusals(facts.problems), *problems)
    return Snippet(template, "" if problems else text, problems, said)


def choose(templates: Sequence[Template], named: str, purpose: Purpose) -> tuple[Template | None, tuple[Problem, ...]]:
    """The template that a person means by its name, or by the toolkit where that has one for the purpose."""
    key = named.strip().casefold()
    called = [each for each in templates if each.name == key] or [
        each for each in templates if each.toolkit.casefold() == key
    ]
    fitting = [each for each in called if each.purpose is purpose]
    if len(fitting) == 1:
        return fitting[0], ()
    if fitting:
        names = ", ".join(each.name for each in fitting)
        return None, (Problem("snippet.several", "toolkit", f"{fitting[0].toolkit} has several; name one: {names}."),)
    names = ", ".join(each.name for each in templates if each.purpose is purpose and each.text)
    if called:
        sentence = f"{called[0].title} has nothing for {_of(purpose)}. For {_of(purpose)} there are: {names}."
        return None, (Problem("snippet.other_purpose", "toolkit", sentence),)
    sentence = f"No snippet is called so. For {_of(purpose)} there are: {names}."
    return None, (Problem("snippet.unknown", "toolkit", sentence),)


def _filled(template: Template, facts: Facts) -> tuple[str, tuple[Problem, ...]]:
    """The text with its places filled, or why it cannot be."""
    if template.cannot:
        return "", (Problem("snippet.cannot", "toolkit", template.cannot),)
    unsaid: list[str] = []

    def fill(place: re.Match[str]) -> str:
        value = facts.values[place[1]]
        into = in_comment if place[2] == COMMENT else in_string
        written = into(template.language, value)
        if written is None:
            unsaid.append(place[1])
        return written or ""

    text = PLACE.sub(fill, template.text)
    if template.line_end is LineEnd.CRLF:
        text = text.replace("\n", "\r\n")
    return text, tuple(_not_sayable(template, place) for place in dict.fromkeys(unsaid))


def _not_sayable(template: Template, place: str) -> Problem:
    called = place.replace("_", " ")
    sentence = (
        f"The {called} has a character that cannot be written in {template.title} so that every reader reads the same. "
        "Take another snippet; nothing is left out or changed."
    )
    return Problem("snippet.not_sayable", place, sentence)


def _light(template: Template, facts: Facts) -> tuple[Problem, ...]:
    """What the toolkit makes of this root's length."""
    if not template.light or template.purpose is not Purpose.INSTALLATION:
        return ()
    light = next(each for each in lights(facts.uid + template.appends) if each.toolkit == template.light)
    sentence = f"{light.toolkit}: {light.reason}"
    if light.fit is Fit.FITS:
        return (Problem("snippet.fits", "root", sentence, None, Severity.NOTICE),)
    if light.fit is Fit.CAUTION:
        return (Problem("snippet.little_room", "root", sentence, None, Severity.CAUTION),)
    return (Problem("snippet.no_room", "root", sentence, None, Severity.CAUTION),)


def _sentences(template: Template) -> tuple[Problem, ...]:
    """Since when, and what the template has to say."""
    since = f"Since {template.since}; with an older version it does not work."
    return (
        *((Problem("snippet.since", "toolkit", since, None, Severity.CAUTION),) if template.since else ()),
        *(Problem("snippet.caution", "toolkit", each, None, Severity.CAUTION) for each in template.cautions),
        *(Problem("snippet.note", "toolkit", each, None, Severity.NOTICE) for each in template.notes),
    )


def _of(purpose: Purpose) -> str:
    return "a release" if purpose is Purpose.RELEASE else "an installation"
