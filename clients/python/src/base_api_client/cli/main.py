# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The entry point of `base-api`."""

import sys
from typing import NoReturn


def main() -> NoReturn:
    """Run the command line of this process, and end it."""
    try:
        from .run import run

        sys.exit(run())
    except KeyboardInterrupt:  # while modules are imported
        sys.exit(130)
    except ModuleNotFoundError as error:
        sys.exit(
            f"error: base-api needs the package {error.name}: "
            "pip install 'base-api-client[cli]'"
        )
