"""Write resources/dicom_uids.json, the UIDs that DICOM itself defines (PS3.6 Annex A), from pydicom's dictionary.

pynetdicom adds to that dictionary what is newer than pydicom. Run it after an update of either:
``.venv/bin/python packaging/update_dicom_uids.py``.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import pynetdicom  # noqa: F401 (it adds to the dictionary)
from pydicom._uid_dict import UID_dictionary
from pydicom.uid import UID

TARGET: Final = Path(__file__).resolve().parent.parent / "resources" / "dicom_uids.json"


def rendered() -> str:
    """The file's text: one UID a line in numeric order, so that a change of the dictionary is easy to read."""
    uids = sorted((UID(uid) for uid in UID_dictionary), key=lambda uid: [int(arc) for arc in uid.split(".")])
    lines = (
        json.dumps({uid: {"name": uid.name, "type": uid.type, "retired": uid.is_retired}}, separators=(",", ":"))[1:-1]
        for uid in uids
    )
    return "{\n" + ",\n".join(lines) + "\n}\n"


def main() -> None:
    """Write the file and say how much is in it."""
    text = rendered()
    TARGET.write_text(text, encoding="utf-8", newline="\n")
    print(f"{TARGET}: {len(UID_dictionary)} UIDs")


if __name__ == "__main__":
    main()
