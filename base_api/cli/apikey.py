# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`odoo-bin apikey`: the API keys of a user, without a running server.

See `base_api_command.py` for what can be imported here.
"""

import argparse
import inspect
import sys
from pathlib import Path
from typing import Any

from odoo import SUPERUSER_ID
from odoo.api import Environment
from odoo.cli.command import Command
from odoo.modules import load_script
from odoo.service.model import retrying

_FILE = Path(__file__).with_name("base_api_command.py")
shared: Any = load_script(str(_FILE), "odoo.cli.base_api_command")


class _Parser(shared.Parser):
    name = "apikey"


class Apikey(Command):
    """Generate, list, roll and revoke the API keys of a user; verify the audit trail"""

    description = """
        Generate, list, roll and revoke the API keys of a user.

        Works on the database, whether a server is running or not; servers know at the
        next request. Whoever can run this has the database anyway: the limits that
        groups set on how long a key may live do not hold here, and without
        --expires-in-days a key does not expire.
    """
    epilog = """
        A new key is all that is written to standard output, and it is shown only once:
            KEY=$(%(prog)s generate -c odoo.conf -d DB --login LOGIN)

        Exit codes: 1 something else, 2 wrong options, 3 unknown database, 4 base_api is
        not installed in it, 5 unknown or archived login, 6 the user has no such key,
        7 the user cannot have keys, 8 the audit trail was changed.
    """

    def __init__(self) -> None:
        super().__init__()
        self._parser = _Parser(
            prog=self.prog,
            description=inspect.cleandoc(self.description),
            epilog=inspect.cleandoc(self.epilog),
        )
        commands = self.parser.add_subparsers(
            dest="command", required=True, metavar="COMMAND"
        )
        _add_generate_options(_add_command(commands, "generate", "create a key"))
        _add_command(commands, "list", "show the keys, never the secrets")
        roll = _add_command(commands, "roll", "replace a key by a new one like it")
        _add_key_option(roll)
        roll.add_argument(
            "--overlap-days",
            metavar="DAYS",
            help="0 to 7: for how long the old key goes on (default: not at all)",
        )
        _add_key_option(_add_command(commands, "revoke", "remove a key"))
        _add_audit_commands(commands)

    def run(self, cmdargs: Any) -> None:
        options = self.parser.parse_args(cmdargs)
        registry = shared.load_registry(self.parser, options)
        with registry.cursor() as cr:
            self._execute(Environment(cr, SUPERUSER_ID, {}), options)

    def _execute(self, env: Environment, options: Any) -> None:
        # Odoo loads this file as part of odoo.cli, so a relative import would fail.
        # pylint: disable=odoo-addons-relative-import
        from odoo.addons.base_api.auditing import audit_commands
        from odoo.addons.base_api.auth import key_commands

        commands: Any = audit_commands if options.command == "audit" else key_commands
        try:
            # Commits, signals changed caches, and repeats the command if the use of the
            # key was noted at the same moment.
            retrying(lambda: commands.run(env, options, sys.stdout), env)
        except key_commands.FAILURES as exc:
            self.parser.fail(key_commands.exit_code(exc), key_commands.message(exc))


def _add_command(commands: Any, name: str, text: str) -> Any:
    parser = _add_database_command(commands, name, text)
    parser.add_argument("--login", required=True, help="login of the owner of the keys")
    return parser


def _add_audit_commands(commands: Any) -> None:
    text = "verify the audit trail, and erase personal data in it"
    parser = commands.add_parser("audit", help=text, description=text.capitalize())
    audit = parser.add_subparsers(
        dest="audit_command", required=True, metavar="COMMAND"
    )
    _add_database_command(audit, "seal", "seal the rows that are not sealed yet")
    _add_database_command(audit, "verify", "find rows that were changed or removed")
    erase = _add_database_command(audit, "erase", "erase the personal data of a user")
    person = erase.add_mutually_exclusive_group(required=True)
    person.add_argument("--login", help="login of the user")
    person.add_argument("--user", metavar="ID", type=int, help="id of a deleted user")


def _add_database_command(commands: Any, name: str, text: str) -> Any:
    parser = commands.add_parser(name, help=text, description=text.capitalize())
    shared.add_database_options(parser)
    return parser


def _add_key_option(parser: Any) -> None:
    parser.add_argument(
        "--key", metavar="ID", required=True, help="the id that list shows"
    )


def _add_generate_options(parser: Any) -> None:
    parser.add_argument("--name", help="name of the key")
    parser.add_argument(
        "--expires-in-days",
        metavar="DAYS",
        help="default: that of the settings, or else never",
    )
    parser.add_argument(
        "--preset",
        metavar="NAME",
        help="restrictions for a common task, such as shop, instead of --model",
    )
    parser.add_argument("--read-only", action="store_true", help="allow only reading")
    parser.add_argument(
        "--model",
        metavar="MODEL=OPERATION,...",
        action="append",
        type=_model_and_operations,
        help="what it may do with a model (read, create, update, delete, call), and "
        "nothing with models not named; * is every other model; repeatable",
    )
    parser.add_argument(
        "--network",
        metavar="CIDR",
        action="append",
        help="the only addresses it may be used from, as 10.0.0.0/8; repeatable",
    )
    parser.add_argument(
        "--external-id-prefix",
        metavar="PREFIX",
        help="how the external ids that it uses begin, as shop.",
    )
    parser.add_argument(
        "--learn-until",
        metavar="TIME",
        help="until then it notes what it is used for, and allows nothing else later: "
        "2026-03-31 or 2026-03-31T18:00:00Z, in the next 30 days",
    )
    parser.add_argument(
        "--limit",
        metavar="NAME=NUMBER",
        action="append",
        type=_name_and_number,
        help="a rate limit, such as burst=20 (burst, per_minute, per_day, "
        "rows_per_day, concurrent); repeatable",
    )
    parser.add_argument(
        "--metrics",
        action="store_true",
        help="it may read the metrics of the server; with --model '*=' nothing else",
    )
    parser.add_argument(
        "--audit-reads",
        choices=("yes", "no"),
        help="whether its reads are in the audit trail (default: as the settings say)",
    )
    parser.add_argument(
        "--strict-types",
        action="store_true",
        help="its answers have null for empty values and objects for records",
    )


def _model_and_operations(text: str) -> Any:
    model_name, equals, operations = text.partition("=")
    if not equals or not model_name:
        raise argparse.ArgumentTypeError(
            f"'{text}' is not like res.partner=read,create"
        )
    return model_name, [operation for operation in operations.split(",") if operation]


def _name_and_number(text: str) -> tuple[str, int]:
    name, _equals, number = text.partition("=")
    if not (name and number.isascii() and number.isdigit()):
        raise argparse.ArgumentTypeError(f"'{text}' is not like burst=20")
    return name, int(number)
