# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whether this node is about to be stopped, so that nobody should send more to it."""

import os
import platform

from odoo.service import server
from odoo.tools import config

FILE = "draining"


def is_draining() -> bool:
    """Tell whether the node is draining.

    A file `draining` says so: in the data folder, which several nodes may share, or in
    the folder of this node in it. Or the server was told to stop (SIGTERM).
    """
    folder = config["data_dir"]
    paths = (
        os.path.join(folder, FILE),
        os.path.join(folder, "base_api", platform.node(), FILE),
    )
    signals = getattr(server.server, "quit_signals_received", 0)
    return bool(signals) or any(map(os.path.exists, paths))
