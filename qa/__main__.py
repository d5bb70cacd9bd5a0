"""`python -m qa`, the same as `wenju`."""

import sys

from qa.cli.app import main

if __name__ == "__main__":
    sys.exit(main())
