"""The pages of a document while they are filled from the top, and what goes into the file of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from uidmanager.writers.pdf import look
from uidmanager.writers.pdf.embedding import embedded
from uidmanager.writers.pdf.file import PdfFile, packed
from uidmanager.writers.pdf.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Callable

    from uidmanager.writers.pdf.file import Properties
    from uidmanager.writers.pdf.pictures import Picture
    from uidmanager.writers.pdf.typeface import Typefaces


class Book:
    """Pages of one size. ``y`` is where the next thing on the open page begins, from its lower edge, in points.

    ``foot`` draws what stands below, on a sheet of its own, once it is known how many pages there are; it takes the
    sheet, the page's number and the number of pages.
    """

    def __init__(self, size: tuple[float, float], foot_height: float, foot: Callable[[Sheet, int, int], None]) -> None:
        self._size = size
        self.lowest = look.BOTTOM + foot_height
        self.highest = size[1] - look.TOP
        self.right = size[0] - look.SIDE
        self._foot = foot
        self._full: list[bytes] = []
        self._pictures: dict[str, Picture] = {}
        self.sheet = Sheet()
        self.y = self.highest

    @property
    def room(self) -> float:
        """How much is free on the open page."""
        return self.y - self.lowest

    def turn(self) -> None:
        """Go on to a new page."""
        self._full.append(packed(self.sheet.content()))
        self.sheet = Sheet()
        self.y = self.highest

    def down(self, height: float) -> float:
        """Take so much of the page; answers where that ends below."""
        self.y -= height
        return self.y

    def show(self, picture: Picture, x: float, width: float) -> None:
        """Draw a picture in this width, with its upper edge where the open page is free; nothing is taken of it."""
        name = f"P{len(self._pictures) + 1}"
        self._pictures[name] = picture
        height = width * picture.height / picture.width
        self.sheet.picture(name, x, self.y - height, width, height)

    def content(self, faces: Typefaces, properties: Properties) -> bytes:
        """The whole document."""
        self.turn()
        file = PdfFile()
        feet = [self._foot_of(number) for number in range(1, len(self._full) + 1)]  # before the fonts are closed
        fonts = {face.key: embedded(face, file) for face in faces.faces.values()}
        shown = {name: picture.embedded(file) for name, picture in self._pictures.items()}
        resources = file.add_resources(fonts, shown)
        for content, foot in zip(self._full, feet, strict=True):
            file.add_page(self._size, resources, [file.add_stream(content), file.add_stream(foot)])
        file.describe(properties)
        return file.content()

    def _foot_of(self, number: int) -> bytes:
        sheet = Sheet()
        self._foot(sheet, number, len(self._full))
        return packed(sheet.content())
