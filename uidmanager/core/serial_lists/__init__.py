"""Many serials in one text, as people write them: `1001-1050, 1001+49, ~+5`. What it comes to, and where each stands.

Serials are parted by commas, semicolons, blanks, tabs and line ends, as many as there are. ``a-b`` is from a to b,
``a+n`` is a and n more, ``~`` is the next after the highest there is. Zeros in front keep the width. What is in
double quotes is one serial whatever it looks like; a quote in it is written twice. Anything else is a serial as it
stands, and whether it may be one is for the rules of the registry to say.
"""

from uidmanager.core.serial_lists.printing import in_short
from uidmanager.core.serial_lists.reading import LONGEST_TEXT, Listed, Listing, read_list

__all__ = ["LONGEST_TEXT", "Listed", "Listing", "in_short", "read_list"]
