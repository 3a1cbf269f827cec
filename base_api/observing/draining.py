# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whether this node is about to be stopped, and should get no more requests."""

import os

from odoo.service import server
from odoo.tools import config

from ..orm.node_folder import node_folder

FILE = "draining"


def is_draining() -> bool:
    """Tell whether the node is draining.

    A file `draining` says so: in the data folder, which several nodes may share, or in
    the folder of this node in it. Or the server was told to stop (SIGTERM).
    """
    folder = config["data_dir"]
    paths = [os.path.join(path, FILE) for path in (folder, node_folder(folder))]
    signals = getattr(server.server, "quit_signals_received", 0)
    return bool(signals) or any(map(os.path.exists, paths))
