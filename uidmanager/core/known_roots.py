"""Whose roots are known, which arcs many owners share, and how an organisation gets a root of its own. Data only.

The roots are those that toolkits, makers and the standard use in public; ``source`` says where each was read.
Repositories are named without their host. A root that is not here may still be somebody's.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from msgspec import Struct


class Kind(StrEnum):
    """What sort of owner a known root has."""

    DICOM = "dicom"
    TOOLKIT = "toolkit"
    COMPANY = "company"
    PLACEHOLDER = "placeholder"
    DOCUMENTATION = "documentation"
    REGISTRAR = "registrar"


class KnownRoot(Struct, frozen=True):
    """A root with an owner. For a placeholder or a documentation arc ``owner`` tells what it is an example of.

    ``keywords`` are for companies: case-folded words one of which is in the name of an organisation that is this owner.
    """

    prefix: str
    owner: str
    kind: Kind
    source: str
    keywords: tuple[str, ...] = ()


class SharedArc(Struct, frozen=True):
    """An arc under which a body gives each applicant a number: nobody's root, though roots lie below it."""

    prefix: str
    shared_by: str


class Route(Struct, frozen=True):
    """A way to get a root: for whom, the form of the arc, cost and time where they were verified, how to ask."""

    title: str
    arc: str
    cost: str
    how: str
    source: str


_PYDICOM: Final = "pydicom/pydicom src/pydicom/uid.py"
_TRANSYN: Final = "QIICR/dicom3tools libsrc/standard/transyn.tpl"
_MAKERS: Final = "fo-dicom/fo-dicom DicomUIDPrivate.cs; malaterre/GDCM gdcmMediaStorage.cxx"
_CLUNIE: Final = "D. Clunie (dicom3tools, PixelMed)"
_SITE_DEFAULTS: Final = "QIICR/dicom3tools config/site.p-def"

KNOWN_ROOTS: Final[tuple[KnownRoot, ...]] = (
    KnownRoot("1.2.840.10008", "the DICOM standard", Kind.DICOM, "PS3.5 chapter 9"),
    # Those who give roots away: the arc is theirs, what they granted below it is not.
    KnownRoot("1.2.826.0.1.3680043", "Medical Connections", Kind.REGISTRAR, "medicalconnections.co.uk/FreeUID"),
    KnownRoot("2.16.840.1.113883", "HL7", Kind.REGISTRAR, "confluence.hl7.org, OID Registry FAQ"),
    # Toolkits under Medical Connections' arc.
    KnownRoot("1.2.826.0.1.3680043.8.498", "pydicom", Kind.TOOLKIT, _PYDICOM),
    KnownRoot("1.2.826.0.1.3680043.9.3811", "pynetdicom", Kind.TOOLKIT, "pydicom/pynetdicom pynetdicom/__init__.py"),
    KnownRoot("1.2.826.0.1.3680043.10.511.3", "highdicom", Kind.TOOLKIT, "highdicom src/highdicom/uid.py"),
    KnownRoot("1.2.826.0.1.3680043.9.7433.1.1", "highdicom", Kind.TOOLKIT, "highdicom src/highdicom/base.py"),
    KnownRoot("1.2.826.0.1.3680043.2.1143", "GDCM", Kind.TOOLKIT, "malaterre/GDCM gdcmUIDGenerator.cxx"),
    KnownRoot("1.2.826.0.1.3680043.2.1125", "ITK", Kind.TOOLKIT, "ITK Modules/IO/GDCM/src/itkGDCMImageIO.cxx"),
    KnownRoot(
        "1.2.826.0.1.3680043.2.135.1066",
        "Conquest",
        Kind.TOOLKIT,
        "marcelvanherk/Conquest-DICOM-Server src/dgate/src/dgate.cpp",
    ),
    KnownRoot("1.2.826.0.1.3680043.2.1343.1", "mdcm and early fo-dicom", Kind.TOOLKIT, "fo-dicom/fo-dicom DicomUID.cs"),
    KnownRoot("1.2.826.0.1.3680043.2.1545", "DVTk", Kind.TOOLKIT, "dvtk.org, API documentation"),
    KnownRoot(
        "1.2.826.0.1.3680043.8.274.1", "plastimatch", Kind.TOOLKIT, "plastimatch doc/sphinx/dicom_conformance.rst"
    ),
    KnownRoot("1.2.826.0.1.3680043.9.7278.1", "dwv", Kind.TOOLKIT, "ivmartel/dwv src/dicom/dicomParser.js"),
    KnownRoot("1.2.826.0.1.3680043.9.7634", "slicebox (se.nimsa.dicom)", Kind.TOOLKIT, "public source code"),
    KnownRoot(
        "1.2.826.0.1.3680043.10.854", "dcmjs-dimse", Kind.TOOLKIT, "PantelisGeorgiadis/dcmjs-dimse src/Constants.js"
    ),
    KnownRoot(
        "1.2.826.0.1.3680043.10.1666",
        "Grand Challenge",
        Kind.COMPANY,
        "DIAGNijmegen/rse-grand-challenge#4356",
        ("grand challenge",),
    ),
    # Toolkits under roots of other origin.
    KnownRoot("1.2.276.0.7230010.3", "OFFIS (DCMTK)", Kind.TOOLKIT, "DCMTK/dcmtk dcuid.h"),
    KnownRoot("1.2.40.0.13.1", "dcm4che", Kind.TOOLKIT, "dcm4che/dcm4che Implementation.java"),
    KnownRoot("1.3.6.1.4.1.30071", "fo-dicom", Kind.TOOLKIT, "fo-dicom/fo-dicom DicomImplementation.cs"),
    KnownRoot("1.3.6.1.4.1.25403", "ClearCanvas", Kind.TOOLKIT, "ClearCanvas/ClearCanvas Dicom/DicomUid.cs"),
    KnownRoot("1.3.6.1.4.1.5962", _CLUNIE, Kind.TOOLKIT, f"{_SITE_DEFAULTS}; pixelmed VersionAndConstants.java"),
    KnownRoot("2.16.840.1.113883.3.87", _CLUNIE, Kind.TOOLKIT, _SITE_DEFAULTS),
    KnownRoot("1.2.840.114257.1.1", "LEADTOOLS", Kind.TOOLKIT, "leadtools.com, DicomUidOrgRoot"),
    KnownRoot("1.3.6.1.4.1.9590.100.1", "MathWorks (MATLAB dicomuid)", Kind.TOOLKIT, "public source code"),
    KnownRoot("1.3.6.1.4.1.54308", "Imebra", Kind.TOOLKIT, "bitbucket binarno/imebra_git#289"),
    KnownRoot("1.3.6.1.4.1.311.129", "Microsoft's DICOM server", Kind.TOOLKIT, "microsoft/dicom-server#2672"),
    KnownRoot(
        "2.25.175220362680028036156011002668768058626",
        "dicom-rs 0.10.0",
        Kind.TOOLKIT,
        "Enet4/dicom-rs object/src/lib.rs",
    ),
    KnownRoot(
        "2.25.190146791043182537444806132342625375407",
        "vtk-dicom",
        Kind.TOOLKIT,
        "dgobbi/vtk-dicom vtkDICOMUtilities.cxx",
    ),
    # Makers and other organisations.
    KnownRoot("1.2.840.113619", "GE", Kind.COMPANY, _MAKERS, ("ge", "general electric")),
    KnownRoot("1.2.840.113619.6.48", "GE", Kind.COMPANY, _SITE_DEFAULTS, ("ge", "general electric")),
    KnownRoot("1.3.46.670589", "Philips", Kind.COMPANY, _MAKERS, ("philips",)),
    KnownRoot("1.2.840.113543.6.6", "Philips (formerly HP)", Kind.COMPANY, _MAKERS, ("philips", "hp")),
    KnownRoot("1.3.12.2.1107.5", "Siemens", Kind.COMPANY, _MAKERS, ("siemens",)),
    KnownRoot("1.2.392.200036.9116", "Toshiba", Kind.COMPANY, _MAKERS, ("toshiba", "canon")),
    KnownRoot("1.2.392.200036.9125", "Fuji", Kind.COMPANY, _MAKERS, ("fuji", "fujifilm")),
    KnownRoot("1.2.276.0.48", "TomTec", Kind.COMPANY, _MAKERS, ("tomtec",)),
    KnownRoot("2.16.840.1.114033", "PMOD", Kind.COMPANY, _MAKERS, ("pmod",)),
    KnownRoot("1.2.752.24", "Sectra", Kind.COMPANY, _TRANSYN, ("sectra",)),
    KnownRoot("1.2.840.113711", "ALI", Kind.COMPANY, _TRANSYN, ("ali",)),
    KnownRoot("1.2.840.114257", "LEAD Technologies", Kind.COMPANY, "leadtools.com", ("lead technologies", "leadtools")),
    KnownRoot("1.2.276.0.20", "Brainlab", Kind.COMPANY, "class UID of DICOMProxy 3.4", ("brainlab",)),
    KnownRoot("1.2.410.200001.101.11", "Samsung Medison", Kind.COMPANY, "pydicom/pynetdicom#791", ("samsung",)),
    KnownRoot("1.2.246.352", "Varian (by inference)", Kind.COMPANY, "pytrip#254", ("varian",)),
    KnownRoot("1.3.51.0.42.1.1", "Agfa", Kind.COMPANY, "dcm4che/dcm4che#1515", ("agfa",)),
    KnownRoot("1.3.6.1.4.1.11144", "RadPharm", Kind.COMPANY, _SITE_DEFAULTS, ("radpharm",)),
    KnownRoot("1.3.6.1.4.1.19376", "IHE", Kind.COMPANY, "IHE technical frameworks", ("ihe",)),
    KnownRoot(
        "2.16.840.1.113669", "somebody else (Merge, not verified)", Kind.COMPANY, "seen in the field", ("merge",)
    ),
    KnownRoot(
        "1.3.6.1.4.1.14519.5.2.1",
        "somebody else (TCIA, not verified)",
        Kind.COMPANY,
        "seen in the field",
        ("tcia", "cancer imaging archive"),
    ),
    # What stands in samples and gets copied from there. Those that are no UIDs (777.777, 99999.99999) fail as such.
    KnownRoot("0.0.0.0", "dicom3tools as delivered", Kind.PLACEHOLDER, _SITE_DEFAULTS),  # noqa: S104 (no address)
    KnownRoot("1.2.3", "program texts and manuals", Kind.PLACEHOLDER, "samples everywhere"),
    KnownRoot("1.2.840.99999", "program texts and manuals", Kind.PLACEHOLDER, "samples in the wild"),
    KnownRoot("1.2.840.999999.1", "program texts and manuals", Kind.PLACEHOLDER, "samples in the wild"),
    KnownRoot("2.999", "the arc that X.660 keeps for examples", Kind.DOCUMENTATION, "viathinksoft OIDplus"),
    KnownRoot("1.3.6.1.4.1.32473", "the number that IANA keeps for examples", Kind.DOCUMENTATION, "RFC 5612"),
)

# Under these each next number is a country, whose own body gives numbers below it.
COUNTRY_ARCS: Final = ("1.2", "2.16")

SHARED_ARCS: Final[tuple[SharedArc, ...]] = (
    SharedArc("1.2.826.0", "all organisations of the United Kingdom"),
    SharedArc("1.2.826.0.1", "all companies of England and Wales"),
    SharedArc("1.2.826.0.2", "all companies of Scotland"),
    SharedArc("1.2.826.0.3", "all companies of Northern Ireland"),
    SharedArc("1.2.276.0", "all organisations registered with DIN"),
    SharedArc("1.2.276.0.76", "the German health sector"),
    SharedArc("1.3.6.1.4.1", "all holders of an IANA Private Enterprise Number"),
    SharedArc("2.16.840.1", "all organisations registered with ANSI"),
    SharedArc("2.25", "all UUIDs"),
    # Medical Connections gives roots of the form x.y below its arc; x is 2 to 10 so far.
    *(
        SharedArc(f"1.2.826.0.1.3680043.{group}", "many holders of a root from Medical Connections")
        for group in range(2, 11)
    ),
)

ROUTES: Final[tuple[Route, ...]] = (
    Route(
        "A company registered in the United Kingdom",
        "1.2.826.0.1.{n} in England and Wales, 1.2.826.0.2.{n} in Scotland",
        "Free, at once: the root is yours by right.",
        "Take your company number as a number, without leading zeros. For Northern Ireland (1.2.826.0.3.{n}), a number "
        "with other letters, or one above 16777215, ask BSI first.",
        "BS 7453-1 §6.1.1, as quoted at alvestrand.no/objectid/1.2.826.0.html",
    ),
    Route(
        "Medical Connections",
        "1.2.826.0.1.3680043.{x}.{y}",
        "Free, by e-mail within minutes.",
        "Ask on the page medicalconnections.co.uk/FreeUID and keep the letter: it is your proof.",
        "medicalconnections.co.uk/FreeUID",
    ),
    Route(
        "IANA Private Enterprise Number",
        "1.3.6.1.4.1.{n}",
        "Free.",
        "Apply on IANA's page for Private Enterprise Numbers. These roots are short, which helps on the equipment.",
        "iana.org, Private Enterprise Numbers",
    ),
    Route(
        "ANSI, in the United States",
        "2.16.840.1.{n}",
        "A fee; it was 1000 US dollars in 2010 and is not verified since.",
        "Ask ANSI for the registration of an organisation name. Older roots have the form 1.2.840.{n}.",
        "oid-info.com, 2.16.840.1",
    ),
    Route(
        "BfArM, for the German health sector",
        "1.2.276.0.76.{…}",
        "Free, up to one week.",
        "Apply at BfArM's OID register (formerly DIMDI).",
        "bfarm.de, OID register",
    ),
    Route(
        "DIN CERTCO, in Germany",
        "1.2.276.0.{n}",
        "A fee; not verified.",
        "Ask DIN CERTCO for an object identifier of your organisation.",
        "bfarm.de, OID register",
    ),
    Route(
        "HL7",
        "2.16.840.1.113883.{…}",
        "250 US dollars for members, 500 for others.",
        "Apply at HL7's OID registry.",
        "confluence.hl7.org, OID Registry FAQ",
    ),
    Route(
        "A UUID of your own",
        "2.25.{uuid as a decimal number}",
        "Free, at once, nobody to ask.",
        "The last resort: PS3.5 calls it usually not appropriate for Implementation Class UIDs, and with up to 44 "
        "characters it is too long for most toolkits once a serial follows.",
        "PS3.5 §B.2; X.667",
    ),
)
