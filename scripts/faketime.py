# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Debian's libfaketime: another time for some processes, not for the machine."""

import debian
import paths

FOLDER = paths.STATE / "faketime"


def library():
    """The library to preload."""
    title = "Downloading libfaketime"
    debian.fetch_with_dependencies(["libfaketime"], FOLDER, title)
    return next(FOLDER.glob("usr/lib/*/faketime/libfaketime.so.1"))


def environment(file):
    """The variables for a process whose time is as far off as a file says.

    :param file: has an offset in seconds, such as `+3600`; it can be changed while the
        process runs
    """
    return {
        "LD_PRELOAD": str(library()),
        "FAKETIME_TIMESTAMP_FILE": str(file),
        "FAKETIME_CACHE_DURATION": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }
