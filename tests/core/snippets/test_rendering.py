from __future__ import annotations

import pytest
from msgspec import structs

from tests.core.conftest import ROOT, Book
from uidmanager.core.drafts import (
    AssignInstallations,
    FoundRegistry,
    RegisterRelease,
    RetireProduct,
    VoidInstallation,
    WithdrawRelease,
)
from uidmanager.core.errors import Severity
from uidmanager.core.events import InstallationAssigned, NumberGivenUp, ReleaseRegistered
from uidmanager.core.records import NumberKind
from uidmanager.core.snippets.facts import Facts, facts_of_installation, facts_of_release
from uidmanager.core.snippets.languages import Language
from uidmanager.core.snippets.rendering import Snippet, choose, render, snippets_for
from uidmanager.core.snippets.templates import MARK, LineEnd, Purpose, Template, faults_of, is_name

RELEASE = Template(
    "toy",
    "Toy",
    "Toy Kit",
    Purpose.RELEASE,
    Language.PYTHON,
    "Sets it.",
    "toy.py",
    '# {{what:comment}}\nUID = "{{uid}}"\nNAME = "{{version_name}}"\n',
)
ROOT_OF_ONE = structs.replace(RELEASE, purpose=Purpose.INSTALLATION, text='ROOT = "{{root}}"\n', light="DCMTK")


def release_facts(book: Book, product: int = 2, numeric: str = "4.5.0.3") -> Facts:
    release = book.registry.release(product, numeric)
    assert release is not None
    return facts_of_release(book.registry, release)


def root_facts(book: Book, component: str = "372764") -> Facts:
    installation = book.registry.installation(component)
    assert installation is not None
    return facts_of_installation(book.registry, installation)


def said(snippet: Snippet) -> list[tuple[str, Severity]]:
    return [(remark.code, remark.severity) for remark in snippet.remarks]


def test_the_places_of_a_template_are_filled(book: Book) -> None:
    made = render(RELEASE, release_facts(book))
    assert made.text == f'# CT Console 4.5.0.3\nUID = "{ROOT}.1.2.4.5.0.3"\nNAME = "CT_4.5.0.3"\n'
    assert (made.problems, made.remarks) == ((), ())


def test_every_place_has_its_value(book: Book) -> None:
    book.do(AssignInstallations(("8",)))
    assert release_facts(book).values == {
        "uid": f"{ROOT}.1.2.4.5.0.3",
        "version_name": "CT_4.5.0.3",
        "product": "CT Console",
        "version": "4.5.0.3",
        "what": "CT Console 4.5.0.3",
        "mark": MARK,
    }
    assert root_facts(book).values["what"] == "installation 0372764 (CT Console)"
    assert root_facts(book, "8").values == {
        "root": f"{ROOT}.2.8",
        "serial": "8",
        "product": "",
        "what": "installation 8",
        "mark": MARK,
    }


def test_lines_end_as_the_toolkit_wants_it(book: Book) -> None:
    crlf = structs.replace(ROOT_OF_ONE, line_end=LineEnd.CRLF, text="{{root}}\n\n")
    assert render(crlf, root_facts(book)).text == f"{ROOT}.2.372764\r\n\r\n"


@pytest.mark.parametrize(
    ("light", "code", "severity"),
    [
        ("DicomObjects", "snippet.fits", Severity.NOTICE),
        ("GDCM / ITK", "snippet.little_room", Severity.CAUTION),
        ("DCMTK", "snippet.no_room", Severity.CAUTION),
    ],
)
def test_each_toolkit_gets_the_warning_that_this_root_deserves(
    book: Book, light: str, code: str, severity: Severity
) -> None:
    made = render(structs.replace(ROOT_OF_ONE, light=light), root_facts(book))
    assert said(made) == [(code, severity)]
    assert made.remarks[0].message.startswith(f"{light}: 33 characters")


def test_what_the_toolkit_puts_behind_the_root_counts(empty: Book) -> None:
    empty.do(FoundRegistry("1.2.276.0.12", "Short", "registry-1"))
    empty.do(AssignInstallations(("12345",)))  # a root of 20 characters: all that DCMTK allows
    plain = render(ROOT_OF_ONE, root_facts(empty, "12345"))
    built_in = render(structs.replace(ROOT_OF_ONE, appends=".1.4"), root_facts(empty, "12345"))
    assert [said(plain)[0][0], said(built_in)[0][0]] == ["snippet.fits", "snippet.no_room"]


def test_a_release_has_no_light_and_its_uid_nothing_appended(book: Book) -> None:
    assert render(structs.replace(RELEASE, light="DCMTK"), release_facts(book)).remarks == ()


def test_what_a_template_has_to_say_goes_with_it(book: Book) -> None:
    talkative = structs.replace(RELEASE, since="Toy 3.0", cautions=("Beware.",), notes=("By the way.",))
    assert said(render(talkative, release_facts(book))) == [
        ("snippet.since", Severity.CAUTION),
        ("snippet.caution", Severity.CAUTION),
        ("snippet.note", Severity.NOTICE),
    ]


def test_what_cannot_be_set_is_said_and_refused(book: Book) -> None:
    made = render(structs.replace(RELEASE, text="", cannot="It cannot."), release_facts(book))
    assert made.text == ""
    assert [(problem.code, problem.message) for problem in made.problems] == [("snippet.cannot", "It cannot.")]


def test_a_value_that_cannot_be_written_is_refused_once_and_not_changed(book: Book) -> None:
    book.do(RegisterRelease("2", "7", version_name="it's 7"))
    text = "A={{uid}}\nB={{version_name}}\nC={{version_name}}\n"
    made = render(structs.replace(RELEASE, language=Language.DOTENV, text=text), release_facts(book, 2, "7"))
    assert made.text == ""
    assert [(problem.code, problem.field) for problem in made.problems] == [("snippet.not_sayable", "version_name")]


def test_nobody_builds_with_a_withdrawn_release(book: Book) -> None:
    book.do(WithdrawRelease("2", "4.5.0.3", "unsafe"))
    made = render(RELEASE, release_facts(book))
    assert made.text == ""
    assert [problem.code for problem in made.problems] == ["release.withdrawn"]


def test_no_equipment_is_set_to_a_void_root(book: Book) -> None:
    book.do(VoidInstallation("0372764", "misread"))
    made = render(ROOT_OF_ONE, root_facts(book))
    assert made.text == ""
    assert [problem.code for problem in made.problems] == ["installation.not_active"]


def test_a_release_of_a_retired_product_can_be_built_again_with_a_caution(book: Book) -> None:
    book.do(RetireProduct("2", "replaced"))
    made = render(RELEASE, release_facts(book))
    assert made.text
    assert said(made) == [("standing.product_retired", Severity.CAUTION)]


def test_what_was_given_to_something_else_in_another_history_is_told(book: Book) -> None:
    book.write(ReleaseRegistered(2, "5.0", "5.0", "CT_5.0"), InstallationAssigned("8", "8"))
    book.write(
        NumberGivenUp(NumberKind.RELEASE, "2.5.0", "5"),
        NumberGivenUp(NumberKind.INSTALLATION, "8", "08"),
        NumberGivenUp(NumberKind.INSTALLATION, "372764", "0372764"),
    )
    assert said(render(RELEASE, release_facts(book, 2, "5.0"))) == [("standing.given_twice", Severity.CAUTION)]
    eight = structs.replace(ROOT_OF_ONE, light="")
    assert said(render(eight, root_facts(book, "8"))) == [("standing.given_twice", Severity.CAUTION)]
    assert said(render(eight, root_facts(book))) == []  # the very same unit


def test_snippets_of_the_right_purpose_in_the_order_given(book: Book) -> None:
    made = snippets_for((ROOT_OF_ONE, RELEASE), release_facts(book))
    assert [snippet.template for snippet in made] == [RELEASE]
    with pytest.raises(ValueError, match="for installation, not for release"):
        render(ROOT_OF_ONE, release_facts(book))


class TestChoosing:
    templates = (
        structs.replace(RELEASE, name="toy", toolkit="Toy Kit"),
        structs.replace(ROOT_OF_ONE, name="toy", toolkit="Toy Kit"),
        structs.replace(ROOT_OF_ONE, name="toy-net", toolkit="Toy Kit"),
        structs.replace(RELEASE, name="other", toolkit="Other"),
        structs.replace(ROOT_OF_ONE, name="mute", toolkit="Mute", text="", cannot="It cannot."),
    )

    @pytest.mark.parametrize(
        ("named", "purpose", "expected"),
        [
            ("toy", Purpose.RELEASE, 0),
            (" TOY ", Purpose.INSTALLATION, 1),
            ("toy-net", Purpose.INSTALLATION, 2),
            ("toy kit", Purpose.RELEASE, 0),
            ("OTHER", Purpose.RELEASE, 3),
            ("mute", Purpose.INSTALLATION, 4),
        ],
    )
    def test_by_name_or_by_toolkit(self, named: str, purpose: Purpose, expected: int) -> None:
        assert choose(self.templates, named, purpose) == (self.templates[expected], ())

    @pytest.mark.parametrize(
        ("named", "purpose", "code", "tells"),
        [
            ("toy kit", Purpose.INSTALLATION, "snippet.several", "toy, toy-net"),
            (
                "toy-net",
                Purpose.RELEASE,
                "snippet.other_purpose",
                "for a release. For a release there are: toy, other.",
            ),
            ("nix", Purpose.INSTALLATION, "snippet.unknown", "For an installation there are: toy, toy-net."),
        ],
    )
    def test_what_cannot_be_chosen(self, named: str, purpose: Purpose, code: str, tells: str) -> None:
        template, (problem,) = choose(self.templates, named, purpose)
        assert template is None
        assert problem.code == code
        assert tells in problem.message


@pytest.mark.parametrize(
    ("change", "field", "tells"),
    [
        ({"text": ""}, "text", "either “text” is needed, or “cannot”"),
        ({"cannot": "It cannot."}, "text", "not both"),
        ({"text": '"{{uid}}" {{root}}'}, "text", "“root” is not known for a release"),
        ({"text": '"{{uid}}" {{what:string}}'}, "text", "“what:string” is not known"),
        ({"text": '"{{uid:comment}}"'}, "text", "{{uid}} is missing"),
        ({"text": "nothing"}, "text", "{{uid}} is missing"),
        ({"language": Language.JSON}, "text", "json has no comments"),
        ({"light": "Toy Kit"}, "light", "no toolkit whose limit is known"),
        ({"file": "../toy.py"}, "file", "without a folder"),
        ({"file": ""}, "file", "without a folder"),
        ({"is_constants": True}, "text", "{{mark}} is missing"),
        ({"text": '"{{uid}}" \u202e'}, "text", "U+202E"),
        ({"title": "two\nlines"}, "words", "U+000A"),
        ({"notes": ("a", "b\x1b")}, "words", "U+001B"),
    ],
)
def test_what_is_wrong_with_a_template(change: dict[str, object], field: str, tells: str) -> None:
    found = faults_of(structs.replace(RELEASE, **change))
    assert any(where == field and tells in what for where, what in found), found


def test_a_template_that_is_right_has_no_fault() -> None:
    right = structs.replace(RELEASE, text='# {{mark:comment}}\n\t"{{uid}}"', is_constants=True, file=".env")
    assert faults_of(right) == ()
    wrong = structs.replace(ROOT_OF_ONE, text='"{{uid}}" "{{root}}"')
    assert "for an installation; known are root" in faults_of(wrong)[0][1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("c", True), ("fo-dicom", True), ("", False), ("C", False), ("a--b", False), ("a/b", False), ("a" * 41, False)],
)
def test_what_a_template_may_be_called(text: str, *, expected: bool) -> None:
    assert is_name(text) is expected
