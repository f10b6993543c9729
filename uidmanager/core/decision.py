"""What would be registered: the preview and the decision are this one value, so that the preview cannot lie."""

from __future__ import annotations

from msgspec import Struct

from uidmanager.core.errors import Problem, refusals, remarks
from uidmanager.core.events import Event
from uidmanager.core.scheme import Part


class Decision(Struct, frozen=True):
    """What the rules say of a draft.

    ``uids`` are the UIDs it answers, in the order asked for (for a registry: its root); ``breakdown`` takes the first
    one apart. ``events`` is what would be written: none where a rule refuses, and none where all of it is registered
    already. ``number`` is a product's number: proposed here, fixed in the entry.
    """

    uids: tuple[str, ...] = ()
    breakdown: tuple[Part, ...] = ()
    problems: tuple[Problem, ...] = ()
    notices: tuple[Problem, ...] = ()
    events: tuple[Event, ...] = ()
    number: int | None = None
    version_name: str | None = None

    @property
    def is_refused(self) -> bool:
        """Whether a rule forbids it."""
        return bool(self.problems)

    @property
    def is_settled(self) -> bool:
        """Whether nothing needs to be written, since all of it is registered already."""
        return not self.problems and not self.events

    @property
    def outcome(self) -> tuple[object, ...]:
        """What a person must not see change between preview and entry."""
        return self.uids, self.number, self.version_name, self.events, self.problems


def decided(problems: tuple[Problem, ...], decision: Decision) -> Decision:
    """The decision with its problems sorted: refusals first, remarks apart; a refusal takes the events away."""
    refusing = refusals(problems)
    return Decision(
        uids=decision.uids,
        breakdown=decision.breakdown,
        problems=refusing,
        notices=remarks(problems),
        events=() if refusing else decision.events,
        number=decision.number,
        version_name=decision.version_name,
    )
