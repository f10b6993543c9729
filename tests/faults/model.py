"""What must become of every draft, told once more in plain dicts, with nothing of the registry or its rules."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from tests.faults.model_bench import fits, gtin_of, index_key, is_arc, is_rule, is_scan, rule_of, said_by
from tests.faults.model_texts import BLANKS, component_of, is_text, kept, key_of, numbers_of, spelling
from uidmanager.core import drafts as d

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from uidmanager.core.barcodes import Read

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
        self.arc: str | None = None
        self.runs: dict[int, dict[str, str]] = {}
        self.checked: dict[int, set[str]] = {}
        self.last_print: dict[str, int] = {}
        self.reads: dict[str, str] = {}
        self.meaning: dict[str, object] = {}

    def judge(self, draft: d.Draft) -> Verdict:
        """What must become of a draft now."""
        if isinstance(draft, d.FoundRegistry) or not is_text(draft.reason or "", 1000):
            return Verdict(REFUSED)
        judges: dict[type[d.Draft], Callable[[Any], Verdict]] = {
            d.RegisterProduct: self._register_product,
            d.RegisterRelease: self._register_release,
            d.AssignInstallations: self._assign,
            d.NoteSeen: self._note_seen,
            d.NoteLabelsPrinted: self._print,
            d.NoteLabelsChecked: self._check,
            d.SetProductGtin: self._set,
            d.SetProductSerials: self._set,
            d.OpenIndexedArc: self._open,
        }
        if type(draft) in judges:
            return judges[type(draft)](draft)
        assert isinstance(draft, Change)
        events = self._change(draft) if (draft.reason or "").strip() else []
        return Verdict(WRITTEN, events) if events else Verdict(REFUSED)

    def take(self, events: Sequence[Event], n: int) -> None:
        """Take in what was written in entry ``n``. Whatever was given before keeps its meaning."""
        for event in events:
            kind = event["type"]
            if kind in {"product_registered", "release_registered", "installation_assigned", "installation_indexed"}:
                self._add(event)
            elif kind == "indexed_arc_opened":
                self.arc = event["arc"]
                self._means(f"{self.root}.{self.arc}", ("arc", self.arc))
            elif kind == "barcode_read":
                self.reads[event["component"]] = event["scanned"]
            elif kind.startswith("label_"):
                self._take_label(event, n)
            elif kind == "installation_seen":
                self.findings.append(event)
            else:
                _, field, *_ = kind.split("_")
                field, value = ("state", _STATES[kind]) if kind in _STATES else (field, event["new"])
                self._held(event)[field] = value

    def _add(self, event: Event) -> None:
        unsaid: Event = {"code": None, "note": None, "product": None, "gtin": None, "serials": {}}
        held = {**unsaid, **event, "state": "active", "label": "assigned", "prints": 0}
        if "component" in event:
            self.installations[event["component"]] = held
            self._means(self.uid_of(event["component"]), ("installation", event["serial"]))
        elif "numeric" in event:
            key = event["product"], event["numeric"]
            self.releases[key] = held
            self._means(f"{self.root}.1.{key[0]}.{key[1]}", ("release", *key))
            self._means(event["version_name"], ("release", *key))
        else:
            self.products[event["number"]] = held
            self._means(f"{self.root}.1.{event['number']}", ("product", event["number"]))

    def uid_of(self, component: str) -> str:
        return f"{self.root}.{component}" if "." in component else f"{self.root}.2.{component}"

    def _take_label(self, event: Event, n: int) -> None:
        if event["type"] == "label_printed":
            held = self.installations[event["component"]]
            held["label"], held["prints"] = "labelled", held["prints"] + 1
            self.runs.setdefault(n, {})[event["component"]] = event["code"]
            self.last_print[event["component"]] = n
        elif event["type"] == "label_checked":
            self.installations[event["component"]]["label"] = "checked"
            self.checked.setdefault(event["printed"], set()).add(event["component"])

    def _held(self, event: Event) -> Event:
        if "component" in event:
            return self.installations[event["component"]]
        return (
            self.releases[event["product"], event["numeric"]] if "numeric" in event else self.products[event["number"]]
        )

    def _change(self, draft: Change) -> Sequence[Event]:
        match draft:
            case d.CorrectProduct():
                return self._correct_product(draft)
            case d.RetireProduct():
                event = self._retire_product(draft)
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
        said, note, rule = (draft.gtin or "").strip(), kept(draft.note), rule_of(draft.serials)
        gtin, is_said = gtin_of(said), is_rule(rule, has_arc=self.arc is not None)
        if (said and not self._is_free(gtin, number)) or not is_said or not is_text(note or "", 1000):
            return Verdict(REFUSED)
        events = [given({"type": "product_registered", "number": number, "name": name, "code": code})]
        for field, old, new in (("gtin_set", None, gtin), ("serials_set", {}, rule), ("note_corrected", None, note)):
            if new != old:
                events.append({"type": f"product_{field}", "number": number, "old": old, "new": new})
        return Verdict(WRITTEN, events)

    def _is_free(self, gtin: str | None, number: int) -> bool:
        return gtin is not None and all(held["gtin"] != gtin for own, held in self.products.items() if own != number)

    def _retire_product(self, draft: d.RetireProduct) -> Event | None:
        number = self._product(draft.product)
        is_made = number is not None and self.products[number]["state"] != "retired"
        return {"type": "product_retired", "number": number} if is_made else None

    def _correct_product(self, draft: d.CorrectProduct) -> Sequence[Event]:
        number = self._product(draft.product)
        name, note = kept(draft.name) or "", kept(draft.note)
        if (
            number is None
            or not is_text(note or "", 1000)
            or (draft.name is not None and not self._is_name(name, number))
        ):
            return []
        events: list[Event] = []
        for field, said, new in (("name", draft.name, name), ("note", draft.note, note)):
            old = self.products[number][field]
            if said is not None and new != old:
                events.append({"type": f"product_{field}_corrected", "number": number, "old": old, "new": new})
        return events

    def _set(self, draft: d.SetProductGtin | d.SetProductSerials) -> Verdict:
        number = self._product(draft.product)
        if number is None:
            return Verdict(REFUSED)
        new: Any
        field, new, is_right = "gtin", None, True
        if isinstance(draft, d.SetProductSerials):
            field, new = "serials", rule_of(draft.serials)
            is_right = is_rule(new, has_arc=self.arc is not None)
        elif draft.gtin.strip():
            new = gtin_of(draft.gtin.strip())
            is_right = self._is_free(new, number)
        old = self.products[number][field]
        if not is_right or new == old or (old and not (draft.reason or "").strip()):
            return Verdict(REFUSED)
        return Verdict(WRITTEN, [{"type": f"product_{field}_set", "number": number, "old": old, "new": new}])

    def _open(self, draft: d.OpenIndexedArc) -> Verdict:
        arc = draft.arc.strip()
        if self.arc is not None or not is_arc(self.root, arc) or not (draft.reason or "").strip():
            return Verdict(REFUSED)
        return Verdict(WRITTEN, [{"type": "indexed_arc_opened", "arc": arc}])

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
        chosen, note = None if draft.product is None else self._product(draft.product), kept(draft.note)
        if not draft.serials or (draft.product is not None and chosen is None) or not is_text(note or "", 1000):
            return Verdict(REFUSED)
        events: list[Event] = []
        named: set[str] = set()
        for serial, read in zip(draft.serials, draft.reads or [None] * len(draft.serials), strict=True):
            fitting, product = self._product_read(read, chosen)
            new = (
                self._assign_one(read.serial if read else serial, {"product": product, "note": note}, events)
                if fitting
                else None
            )
            component = new["component"] if new else None
            if new is None or component is None or component in named:
                return Verdict(REFUSED)
            named.add(component)
            if "type" in new:
                is_made = product is None or self.products[product]["state"] == "active"
                if not is_made or (read and not (read.scanned and is_scan(read.scanned, 512))):
                    return Verdict(REFUSED)
                events.append(new)
                if read:
                    kind = {"type": "barcode_read", "component": component, "scanned": read.scanned}
                    events.append({**kind, **given({"symbology": read.symbology, "gtin": read.gtin})})
            elif read and not (read.scanned and is_scan(read.scanned, 512)):
                return Verdict(REFUSED)
        return Verdict(WRITTEN if events else SETTLED, events)

    def _product_read(self, read: Read | None, chosen: int | None) -> tuple[bool, int | None]:
        """Whether what was scanned fits the product that was chosen, and which product it is."""
        if read is None or read.gtin is None:
            return True, chosen
        holder = next((number for number, held in self.products.items() if held["gtin"] == read.gtin), None)
        if chosen is None:
            return True, holder
        return (holder == chosen if holder is not None else self.products[chosen]["gtin"] is None), chosen

    def _component(self, serial: str) -> str | None:
        """The component of a unit that is registered with this serial."""
        by_index = [
            c for c, held in self.installations.items() if "." in c and index_key(held["serial"]) == index_key(serial)
        ]
        component = by_index[0] if by_index else component_of(serial)
        return component if component in self.installations else None

    def _assign_one(self, serial: str, said: Event, before: Sequence[Event]) -> Event | None:
        """The event that assigns a serial; without a type where it has its root already. None: refused."""
        text, component, key = serial.strip(BLANKS), component_of(serial), index_key(serial)
        rule = {} if said["product"] is None else self.products[said["product"]]["serials"]
        held_as = self._component(serial)
        if "indexed" in rule and not (held_as and "." in held_as):
            keys = {index_key(it["serial"]) for it in before if it["type"] == "installation_indexed"}
            is_other = key is not None and component is not None and key.isdigit() and component in self.installations
            if key is None or self.arc is None or key in keys or is_other or not fits(rule, text):
                return None
            taken = [c for c in self.installations if "." in c]
            index = max((int(c.partition(".")[2]) for c in taken), default=0) + len(keys) + 1
            event: Event = {"type": "installation_indexed", "serial": text, "component": f"{self.arc}.{index}"}
            return {**event, **given(said)}
        if held_as:
            held = self.installations[held_as]
            is_same = held["serial"] == text or "." in held_as
            stands = all(held[field] == value for field, value in given(said).items())
            return {"component": held_as} if is_same and held["state"] == "active" and stands else None
        digits = {component_of(held["serial"]) for c, held in self.installations.items() if "." in c}
        if component is None or component in digits or not fits(rule, text) or len(self.uid_of(component)) > 62:
            return None
        return {"type": "installation_assigned", "serial": text, "component": component, **given(said)}

    def _print(self, draft: d.NoteLabelsPrinted) -> Verdict:
        units = [self._component(each.serial) for each in draft.prints]
        are_said = all(each.code.strip() and is_scan(each.code, 1000) for each in draft.prints)
        is_whole = draft.prints and None not in units and len(set(units)) == len(units) and 1 <= draft.copies <= 100
        if not is_whole or not are_said or not draft.template.strip() or not is_scan(draft.template, 80):
            return Verdict(REFUSED)
        held = [self.installations[component or ""] for component in units]
        is_again = any(one["prints"] for one in held)
        if any(one["state"] == "void" for one in held) or (is_again and not (draft.reason or "").strip()):
            return Verdict(REFUSED)
        copies = {} if draft.copies == 1 else {"copies": draft.copies}
        return Verdict(
            WRITTEN,
            [
                {
                    "type": "label_printed",
                    "component": one["component"],
                    "template": draft.template,
                    "code": it.code,
                    **copies,
                }
                for one, it in zip(held, draft.prints, strict=True)
            ],
        )

    def _check(self, draft: d.NoteLabelsChecked) -> Verdict:
        run = self.runs.get(draft.printed)
        if run is None:
            return Verdict(REFUSED)
        events: list[Event] = []
        for check in draft.checks:
            component = self._component(check.serial)
            if component not in run or self.last_print[component] != draft.printed or not is_scan(check.scanned, 1000):
                return Verdict(REFUSED)
            if self.installations[component]["state"] == "void":
                return Verdict(REFUSED)
            right = {run[component], self.uid_of(component)}
            if said_by(check.scanned) not in right:
                return Verdict(REFUSED)
            if component not in self.checked.get(draft.printed, ()):
                event = {"type": "label_checked", "component": component, "printed": draft.printed}
                events.append({**event, "scanned": check.scanned})
        for miss in draft.misses:
            is_said = (
                miss.scanned.strip()
                and miss.verdict.strip()
                and is_scan(miss.scanned, 1000)
                and is_scan(miss.verdict, 80)
            )
            if not is_said:
                return Verdict(REFUSED)
            event = {"type": "label_missed", "printed": draft.printed, "scanned": miss.scanned}
            events.append({**event, "verdict": miss.verdict})
        return Verdict(WRITTEN if events else SETTLED, [it for at, it in enumerate(events) if it not in events[:at]])

    def _correct_installation(self, draft: d.CorrectInstallation) -> Sequence[Event]:
        component, note = self._component(draft.serial), kept(draft.note)
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
        component, where, what = self._component(draft.serial), kept(draft.where) or "", kept(draft.what) or ""
        day = (draft.day or self.today).strip()
        is_day = re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", day) and day != "2026-02-29" and day <= self.today
        is_said = where and what and is_text(where, 1000) and is_text(what, 1000)
        if component not in self.installations or not is_day or not is_said:
            return Verdict(REFUSED)
        event = {"type": "installation_seen", "component": component, "day": day, "where": where, "what": what}
        return Verdict(SETTLED) if event in self.findings else Verdict(WRITTEN, [event])

    def _change_state(self, draft: d.StateDraft) -> Event | None:
        kind, before = _STEPS[type(draft)]
        component = self._component(draft.serial)
        held = self.installations.get(component or "")
        return {"type": kind, "component": component} if held is not None and held["state"] in before else None


def given(fields: Event) -> Event:
    """Without what was not said."""
    return {field: value for field, value in fields.items() if value is not None}
