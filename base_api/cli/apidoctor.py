# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`odoo-bin apidoctor`: checks of an installation, without a running server.

See `base_api_command.py` for what can be imported here.
"""

import inspect
import sys
from pathlib import Path
from typing import Any

from odoo import SUPERUSER_ID
from odoo.api import Environment
from odoo.cli.command import Command
from odoo.modules import load_script

_FILE = Path(__file__).with_name("base_api_command.py")
shared: Any = load_script(str(_FILE), "odoo.cli.base_api_command")

FOUND_ERRORS = 1


class _Parser(shared.Parser):
    name = "apidoctor"


class Apidoctor(Command):
    """Check the configuration, the databases and the files of this node"""

    epilog = """
        Run it on each node with the configuration, the user and the environment of its
        server. It changes nothing. GET /api/v2/doctor also sees the proxy.

        Exit codes: 0 no errors (there may be warnings), 1 errors, 2 wrong options,
        3 unknown database, 4 base_api is not installed in it.
    """

    def __init__(self) -> None:
        super().__init__()
        self._parser = _Parser(
            prog=self.prog,
            description=inspect.getdoc(self),
            epilog=inspect.cleandoc(self.epilog),
        )
        shared.add_database_options(self._parser)

    def run(self, cmdargs: Any) -> None:
        options = self.parser.parse_args(cmdargs)
        registry = shared.load_registry(self.parser, options)
        # Odoo loads this file as part of odoo.cli, so a relative import would fail.
        # pylint: disable=odoo-addons-relative-import
        from odoo.addons.base_api.doctoring import command

        with registry.cursor(readonly=True) as cr:
            env = Environment(cr, SUPERUSER_ID, {})
            if not command.run(env, options, sys.stdout):
                sys.exit(FOUND_ERRORS)
