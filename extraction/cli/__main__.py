"""``python -m extraction.cli``."""

import sys

from extraction.cli import main

if __name__ == "__main__":
    sys.exit(main())
