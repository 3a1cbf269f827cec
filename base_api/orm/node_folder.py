# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The folder of this node in Odoo's data folder, which several nodes may share."""

import os
import platform


def node_folder(data_folder: str) -> str:
    """Return the path of the folder.

    :param data_folder: `data_dir` of Odoo's configuration
    """
    return os.path.join(data_folder, "base_api", platform.node())
