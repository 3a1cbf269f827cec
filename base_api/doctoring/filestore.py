# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whether this node has the files of attachments, also those that others stored."""

from __future__ import annotations

import os
from collections.abc import Sequence

from odoo.tools import SQL, config

from .finding import Check, Finding
from .patience import within_a_second
from .situation import Situation

NEWEST = 20
_FILES = SQL(
    # Names with a scheme are of addons that store files elsewhere.
    """SELECT store_fname FROM ir_attachment
        WHERE store_fname IS NOT NULL AND position('://' IN store_fname) = 0
     ORDER BY id DESC LIMIT %s""",
    NEWEST,
)


def check_filestore(situation: Situation) -> Finding:
    check = Check("filestore")
    if situation.parameter("ir_attachment.location") == "db":
        return check.ok("Files are stored in the database.")
    names = [name for (name,) in situation.env.execute_query(_FILES)]
    folder = config.filestore(situation.env.cr.dbname)
    missing, is_writable = within_a_second(_look, folder, names)
    if not is_writable:
        return check.error(
            "The filestore is missing, or Odoo may not write to it.",
            "Mount the filestore that all nodes share at data_dir/filestore, owned by "
            "the user that runs Odoo",
        )
    if missing:
        return check.error(
            f"{missing} of the {len(names)} newest files of attachments are missing "
            "here: the filestore is not shared by all nodes, or was not restored.",
            "Mount the same filestore on all nodes, or restore it from the backup",
        )
    return check.ok(f"The {len(names)} newest files of attachments are here.")


def _look(folder: str, names: Sequence[str]) -> tuple[int, bool]:
    """Return how many files are missing, and whether the folder can be written."""
    missing = sum(not os.path.isfile(os.path.join(folder, name)) for name in names)
    return missing, os.path.isdir(folder) and os.access(folder, os.W_OK)
