from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uidmanager.core.devices import ANY_TITLE, MOST_DEVICES, Device, check_title, read_device, read_devices


@pytest.mark.parametrize(
    ("address", "host", "port"),
    [
        pytest.param("ct1.example:104", "ct1.example", 104, id="a name"),
        pytest.param("192.0.2.7:11112", "192.0.2.7", 11112, id="an address"),
        pytest.param("[2001:db8::7]:104", "2001:db8::7", 104, id="an IPv6 address"),
        pytest.param("[fe80::1%eth0]:65535", "fe80::1%eth0", 65535, id="one of a link"),
        pytest.param(" ct_1:1\n", "ct_1", 1, id="blanks around it"),
    ],
)
def test_an_address_is_read(address: str, host: str, port: int) -> None:
    device, problems = read_device(address)
    assert problems == ()
    assert device == Device(host, port)
    assert device.address == device.label == address.strip()


@pytest.mark.parametrize(
    "address",
    [
        *("", "ct1", ":104", "ct1:", "ct1:0", "ct1:65536", "ct1:100000", "ct1:１", "ct1:-1", "2001:db8::7:104"),
        *("[2001:db8::7]", "[ct1]:104", "[]:104", "ct 1:104", "ct1/:104", "http://ct1:104", "ct1:104:104"),
        "c" * 256 + ":1",
    ],
)
def test_no_address_is_told_so(address: str) -> None:
    device, problems = read_device(address)
    assert device is None
    assert [problem.code for problem in problems] == ["device.address"]


@pytest.mark.parametrize("title", ["", "  ", "SEVENTEEN_LETTERS", "A\\B", "A\nB", "ÄE"])
def test_no_title_is_told_so(title: str) -> None:
    assert [problem.code for problem in check_title(title, "called")] == ["device.title"]
    device, problems = read_device("ct1:104", title)
    assert device is None
    assert [(problem.code, problem.field) for problem in problems] == [("device.title", "title")]


@pytest.mark.parametrize("title", ["A", "SIXTEEN_LETTERS_", "CT 1", "[~]"])
def test_a_title_is_taken(title: str) -> None:
    assert check_title(title, "called") == ()


def test_our_own_title_is_checked_where_one_is_given() -> None:
    assert [problem.field for problem in read_device("ct1:104", calling="A\\B")[1]] == ["calling"]
    device, problems = read_device("ct1:104", calling="SERVICE ")
    assert problems == ()
    assert device is not None
    assert device.calling == "SERVICE"


def test_a_name_must_be_fit_to_be_shown() -> None:
    assert [problem.code for problem in read_device("ct1:104", name="CT\u202e1")[1]] == ["text.character"]
    device, _ = read_device("ct1:104", name=" CT 1 ")
    assert device is not None
    assert device.label == "CT 1"


def test_a_list_is_read_line_by_line() -> None:
    text = "# the hospital\n\nct1:104\n  ct2:104 CT2\r\nmr:11112 MR1 MR in room 7\n"
    devices, problems = read_devices(text)
    assert problems == ()
    assert devices == (
        Device("ct1", 104, ANY_TITLE),
        Device("ct2", 104, "CT2"),
        Device("mr", 11112, "MR1", "MR in room 7"),
    )


def test_what_is_wrong_in_a_list_is_told_with_its_line() -> None:
    devices, problems = read_devices("ct1:104\nct2\nct3:104 A\\B\n")
    assert devices == (Device("ct1", 104),)
    assert [problem.code for problem in problems] == ["device.list", "device.list"]
    assert [problem.message.partition(":")[0] for problem in problems] == ["Line 2", "Line 3"]


def test_a_list_has_an_end() -> None:
    devices, problems = read_devices("ct1:104\n" * (MOST_DEVICES + 5))
    assert devices == ()
    assert [problem.code for problem in problems] == ["device.too_many"]


@given(st.text(max_size=60), st.text(max_size=20), st.text(max_size=90), st.text(max_size=20))
def test_whatever_is_typed_is_a_device_or_a_problem(address: str, title: str, name: str, calling: str) -> None:
    device, problems = read_device(address, title, name, calling)
    assert (device is None) == bool(problems)
    if device is not None:
        assert read_device(device.address, device.title, device.name, device.calling) == (device, ())
