"""What must become of every draft, told once more in plain dicts, with nothing of the registry or its rules."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from tests.faults.model_texts import BLANKS, component_of, is_text, kept, key_of, numbers_of, spelling
from uidmanager.core import drafts as d

if TYPE_CHECKING:
    from collections.abc import Sequence

Event = dict[str, Any]
REFUSED: Final = "refused"
SETTLED: Final = "settled"
WRITTEN: Final = "written"
_STEPS: Final = {
    d.RetireInstallation: ("installation_retired", {"active"}),
    d.VoidInstallation: ("installation_voided", {"active"}),
    d.ReinstateInstallation: ("installation_reinstated", {"retired", "void"}),
}
_STATES: Final = {
    "product_retired": "retired",
    "release_withdrawn": "withdrawn",
    "installation_retired": "retired",
    "installation_voided": "void",
    "installation_reinstated": "active",
}
Change = (
    d.CorrectProduct | d.RetireProduct | d.CorrectRelease | d.WithdrawRelease | d.CorrectInstallation | d.StateDraft
)


class Verdict(NamedTuple):
    """Refused, settled since it is registered already, or written; and what is written then.

    A ``version_name`` of None in an event is one that the registry chooses, or cannot choose.
    """

    kind: str
    events: Sequence[Event] = ()


class Model:
    """What is registered under a root, on the day that is ``today``.

    ``meaning`` has for all that was ever given what it was given to.
    """

    def __init__(self, root: str, today: str = "2026-11-22") -> None:
        self.root = root
        self.today = today
        self.products: dict[int, Event] = {}
        self.releases: dict[tuple[int, str], Event] = {}
        self.installations: dict[str, Event] = {}
        self.findings: list[Event] = []
        self.meaning: dict[str, object] = {}

    def judge(self, draft: d.Draft) -> Verdict:
        """What must become of a draft now."""
        if isinstance(draft, d.FoundRegistry) or not is_text(draft.reason or "", 1000):
            return Verdict(REFUSED)
        if isinstance(draft, d.RegisterProduct):
            return self._register_product(draft)
        if isinstance(draft, d.RegisterRelease):
            return self._register_release(draft)
        if isinstance(draft, d.AssignInstallations):
            return self._assign(draft)
        if isinstance(draft, d.NoteSeen):
            return self._note_seen(draft)
        if isinstance(draft, d.OpenIndexedArc | d.LabelDraft | d.SetProductGtin | d.SetProductSerials | d.TakeOver):
            raise TypeError(f"this model does not know {type(draft).__name__}")
        events = self._change(draft) if (draft.reason or "").strip() else []
        return Verdict(WRITTEN, events) if events else Verdict(REFUSED)

    def take(self, events: Sequence[Event]) -> None:
        """Take in what was written. Whatever was given before keeps its meaning."""
        for event in events:
            kind = event["type"]
            if kind in {"product_registered", "release_registered", "installation_assigned"}:
                self._add(event)
            elif kind == "installation_seen":
                self.findings.append(event)
            else:
                _, field, *_ = kind.split("_")
                field, value = ("state", _STATES[kind]) if kind in _STATES else (field, event["new"])
                self._held(event)[field] = value

    def _add(self, event: Event) -> None:
        held = {"code": None, "note": None, "product": None, **event, "state": "active"}
        if "component" in event:
            self.installations[event["component"]] = held
            self._means(f"{self.root}.2.{event['component']}", ("installation", event["serial"]))
        elif "numeric" in event:
            key = event["product"], event["numeric"]
            self.releases[key] = held
            self._means(f"{self.root}.1.{key[0]}.{key[1]}", ("release", *key))
            self._means(event["version_name"], ("release", *key))
        else:
            self.products[event["number"]] = held
            self._means(f"{self.root}.1.{event['number']}", ("product", event["number"]))

    def _held(self, event: Event) -> Event:
        if "component" in event:
            return self.installations[event["component"]]
        return (
            self.releases[event["product"], event["numeric"]] if "numeric" in event else self.products[event["number"]]
        )

    def _change(self, draft: Change) -> Sequence[Event]:
        match draft:
            case d.CorrectProduct() | d.RetireProduct():
                event = self._change_product(draft)
            case d.CorrectRelease() | d.WithdrawRelease():
                event = self._change_release(draft)
            case d.CorrectInstallation():
                return self._correct_installation(draft)
            case _:
                event = self._change_state(draft)
        return [event] if event else []

    def _means(self, given: str, to: object) -> None:
        assert given not in self.meaning, f"{given} is given to {to} and to {self.meaning[given]}"
        self.meaning[given] = to

    def _product(self, named: str) -> int | None:
        text = named.strip()
        highest = max(self.products, default=0)
        if re.fullmatch("[0-9]+", text) and len(text) <= len(str(highest)):
            return int(text) if int(text) in self.products else None
        return next((number for number, held in self.products.items() if key_of(held["name"]) == key_of(text)), None)

    def _is_name(self, name: str, own: int | None = None) -> bool:
        same = [number for number, held in self.products.items() if key_of(held["name"]) == key_of(name)]
        return bool(name) and not name.isdigit() and is_text(name, 80) and same in ([], [own])

    def _register_product(self, draft: d.RegisterProduct) -> Verdict:
        number = max(self.products, default=0) + 1 if draft.number is None else draft.number
        name, code = kept(draft.name) or "", kept(draft.code)
        codes = {(held["code"] or "").casefold() for held in self.products.values()}
        is_code = code is None or (re.fullmatch("[A-Za-z0-9_-]{1,12}", code) and code.casefold() not in codes)
        if not (0 <= number <= 999_999_999 and number not in self.products and self._is_name(name) and is_code):
            return Verdict(REFUSED)
        return Verdict(WRITTEN, [given({"type": "product_registered", "number": number, "name": name, "code": code})])

    def _change_product(self, draft: d.CorrectProduct | d.RetireProduct) -> Event | None:
        number = self._product(draft.product)
        if number is None:
            return None
        held = self.products[number]
        if isinstance(draft, d.RetireProduct):
            return None if held["state"] == "retired" else {"type": "product_retired", "number": number}
        name = kept(draft.name) or ""
        if not self._is_name(name, number) or held["name"] == name:
            return None
        return {"type": "product_name_corrected", "number": number, "old": held["name"], "new": name}

    def _register_release(self, draft: d.RegisterRelease) -> Verdict:
        product, version, note = self._product(draft.product), kept(draft.version) or "", kept(draft.note)
        numeric = numbers_of(version if draft.numeric is None else draft.numeric, has_v=draft.numeric is None)
        if product is None or numeric is None or not (version and is_text(version, 64) and is_text(note or "", 1000)):
            return Verdict(REFUSED)
        name = None if draft.version_name is None else kept(draft.version_name) or ""
        held = self.releases.get((product, numeric))
        if held is not None:
            is_same = spelling(held["version"]) == spelling(version) and held["state"] == "active"
            differs = name not in {None, held["version_name"]} or (draft.note is not None and note != held["note"])
            return Verdict(SETTLED if is_same and not differs else REFUSED)
        spellings = {spelling(held["version"]) for (number, _), held in self.releases.items() if number == product}
        names = {held["version_name"] for held in self.releases.values()}
        is_name = name is None or (re.fullmatch(r"[ -\[\]-~]{1,16}", name) and name not in names)
        uid = f"{self.root}.1.{product}.{numeric}"
        is_free = self.products[product]["state"] == "active" and spelling(version) not in spellings
        if len(uid) > 64 or not is_free or not is_name:
            return Verdict(REFUSED)
        event = {"type": "release_registered", "product": product, "version": version, "numeric": numeric}
        return Verdict(WRITTEN, [{**event, "version_name": name, **given({"note": note})}])

    def _change_release(self, draft: d.CorrectRelease | d.WithdrawRelease) -> Event | None:
        product, version = self._product(draft.product), kept(draft.version) or ""
        numeric = numbers_of(version, has_v=True) or ""
        of_product = {key: held for key, held in self.releases.items() if key[0] == product}
        alike = [key for key, held in of_product.items() if spelling(held["version"]) == spelling(version)]
        key = next((key for key in of_product if key[1] == numeric), None) or next(iter(alike), None)
        if key is None:
            return None
        held, named = self.releases[key], {"product": key[0], "numeric": key[1]}
        if isinstance(draft, d.WithdrawRelease):
            return None if held["state"] == "withdrawn" else {"type": "release_withdrawn", **named}
        note = kept(draft.note)
        if not is_text(note or "", 1000) or note == held["note"]:
            return None
        return {"type": "release_note_corrected", **named, "old": held["note"], "new": note}

    def _assign(self, draft: d.AssignInstallations) -> Verdict:
        product, note = None if draft.product is None else self._product(draft.product), kept(draft.note)
        components = [component_of(serial) for serial in draft.serials]
        is_whole = components and None not in components and len(set(components)) == len(components)
        if not is_whole or (draft.product is not None and product is None) or not is_text(note or "", 1000):
            return Verdict(REFUSED)
        events = []
        for serial, component in zip(draft.serials, components, strict=True):
            text, held = serial.strip(BLANKS), self.installations.get(component or "")
            wanted = {"serial": text, "state": "active", **given({"product": product, "note": note})}
            if held is not None and any(held[field] != value for field, value in wanted.items()):
                return Verdict(REFUSED)
            if held is None and len(f"{self.root}.2.{component}") > 62:
                return Verdict(REFUSED)
            if held is None:
                event = {"type": "installation_assigned", "serial": text, "component": component}
                events.append({**event, **given({"product": product, "note": note})})
        if events and product is not None and self.products[product]["state"] != "active":
            return Verdict(REFUSED)
        return Verdict(WRITTEN if events else SETTLED, events)

    def _correct_installation(self, draft: d.CorrectInstallation) -> Sequence[Event]:
        component, note = component_of(draft.serial), kept(draft.note)
        held = self.installations.get(component or "")
        product = self._product(draft.product) if (draft.product or "").strip() and draft.product else None
        is_unknown = bool((draft.product or "").strip()) and product is None
        if held is None or is_unknown or not is_text(note or "", 1000):
            return []
        events: list[Event] = []
        for field, said, new in (("product", draft.product, product), ("note", draft.note, note)):
            if said is not None and new != held[field]:
                kind = f"installation_{field}_corrected"
                events.append({"type": kind, "component": component, "old": held[field], "new": new})
        return events

    def _note_seen(self, draft: d.NoteSeen) -> Verdict:
        component, where, what = component_of(draft.serial), kept(draft.where) or "", kept(draft.what) or ""
        day = (draft.day or self.today).strip()
        is_day = re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", day) and day != "2026-02-29" and day <= self.today
        is_said = where and what and is_text(where, 1000) and is_text(what, 1000)
        if component not in self.installations or not is_day or not is_said:
            return Verdict(REFUSED)
        event = {"type": "installation_seen", "component": component, "day": day, "where": where, "what": what}
        return Verdict(SETTLED) if event in self.findings else Verdict(WRITTEN, [event])

    def _change_state(self, draft: d.StateDraft) -> Event | None:
        kind, before = _STEPS[type(draft)]
        component = component_of(draft.serial)
        held = self.installations.get(component or "")
        return {"type": kind, "component": component} if held is not None and held["state"] in before else None


def given(fields: Event) -> Event:
    """Without what was not said."""
    return {field: value for field, value in fields.items() if value is not None}
