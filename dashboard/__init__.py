"""What do people see? The map, the timeline and the claims, drawn from the archive."""

from typing import Final

#: The environment variable that names the archive which is shown.
ARCHIVE: Final = "CONFLICTMAP_ARCHIVE"
