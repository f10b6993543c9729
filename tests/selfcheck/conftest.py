from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from uidmanager.bootstrap import ThisWorld
from uidmanager.laboratory import ScratchLaboratory

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def laboratory(tmp_path: Path) -> ScratchLaboratory:
    return ScratchLaboratory(tmp_path, ThisWorld())
