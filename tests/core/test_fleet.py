from __future__ import annotations

from tests.core.conftest import ROOT, Book
from uidmanager.core.announcements import Announcement
from uidmanager.core.devices import Device
from uidmanager.core.errors import Problem
from uidmanager.core.fleet import FLEET_FIELDS, Contact, fleet, told_of

CT = Device("ct1", 104, "CT1", "CT in room 7")
SILENT = Problem("device.silent", "device", "ct1:104 said nothing.")


def test_a_fleet_is_a_row_for_each_device(book: Book) -> None:
    contacts = [
        Contact(CT, Announcement(f"{ROOT}.1.2.4.5.0.3", "CT_4.5.0.3"), echoes=1),
        Contact(Device("pacs", 104), Announcement("1.2.276.0.7230010.3.0.3.6.7", "OFFIS_DCMTK_367")),
        Contact(Device("off", 104), trouble=SILENT),
        Contact(Device("odd", 104)),
    ]
    made = fleet(book.registry, [told_of(book.registry, contact, {}) for contact in contacts])
    assert made.fields == FLEET_FIELDS
    assert all(tuple(row) == FLEET_FIELDS for row in made.rows)
    ct, pacs, off, odd = made.rows
    assert (ct["device"], ct["address"], ct["title"]) == ("CT in room 7", "ct1:104", "CT1")
    assert (ct["verdict"], ct["product"], ct["version"], ct["state"]) == ("release", "CT Console", "4.5.0.3", "active")
    assert (ct["newest"], ct["version_name"], ct["echo"]) == ("4.5.0.3", "CT_4.5.0.3", 1)
    assert (pacs["verdict"], pacs["toolkit"], pacs["version"]) == ("toolkit", "OFFIS DCMTK 3.6.7", None)
    assert (off["verdict"], off["sentence"]) == ("device.silent", SILENT.message)
    assert (odd["verdict"], odd["sentence"]) == (None, "")


def test_what_went_wrong_stands_before_what_was_announced(book: Book) -> None:
    told = told_of(book.registry, Contact(CT, Announcement("1.0.9", None), SILENT), {})
    assert [problem.code for problem in told.problems] == ["device.silent", "peer.foreign"]
    assert told.sentence.startswith("Not ours")


def test_what_a_device_wrote_is_shown_on_one_line_and_no_longer_than_a_name(book: Book) -> None:
    told = told_of(book.registry, Contact(CT, Announcement("1.2\x1b[31m", "A\n" * 9000)), {})
    (row,) = fleet(book.registry, [told]).rows
    assert row["class_uid"] == "1.2\\x1b[31m"
    assert str(row["version_name"]).endswith("(18000 characters)")
    assert all(value.isprintable() for value in row.values() if isinstance(value, str))
