# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The folder of this node in Odoo's data folder, which several nodes may share."""

import os
import platform

FOLDER = "base_api"


def node_folder(data_folder: str) -> str:
    """Return the path of the folder.

    :param data_folder: `data_dir` of Odoo's configuration
    """
    return os.path.join(data_folder, FOLDER, platform.node())


def node_folders(data_folder: str) -> list[str]:
    """Return the paths of the folders of all nodes that share the data folder."""
    folder = os.path.join(data_folder, FOLDER)
    names = os.listdir(folder) if os.path.isdir(folder) else []
    return [os.path.join(folder, name) for name in names]
