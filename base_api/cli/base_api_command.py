# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the commands of this addon share; not a command itself.

Odoo runs the files of this folder before it reads the configuration, and outside the
addon: nothing of the addon can be imported until the registry of its database is
loaded. Commands load this file with `load_script`.
"""

import argparse
import contextlib
import logging
import os
import sys
from typing import Any, NoReturn

import psycopg2

from odoo.modules.db import is_initialized
from odoo.modules.neutralize import get_installed_modules
from odoo.modules.registry import Registry
from odoo.sql_db import db_connect
from odoo.tools import config

WRONG_OPTIONS = 2  # as argparse uses it
UNKNOWN_DATABASE = 3
NOT_INSTALLED = 4


class Parser(argparse.ArgumentParser):
    """A parser that reports wrong options in one line."""

    name = ""  # of the command, with which the line begins

    def __init__(self, **options: Any) -> None:
        options.setdefault("formatter_class", argparse.RawDescriptionHelpFormatter)
        # An abbreviated option could become another one in a later version.
        super().__init__(allow_abbrev=False, **options)

    def error(self, message: str) -> NoReturn:
        self.fail(WRONG_OPTIONS, message)

    def fail(self, code: int, message: object) -> NoReturn:
        """Exit with a code and a message on standard error."""
        self.exit(code, f"{self.name}: {' '.join(str(message).split())}\n")


def add_database_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "-c", "--config", type=_readable_file, help="Odoo's configuration file"
    )
    parser.add_argument("-d", "--database", help="the database")
    parser.add_argument("--json", action="store_true", help="write JSON")


def load_registry(parser: Parser, options: Any) -> Registry:
    """Read Odoo's configuration, and load the registry of the database.

    If the database does not exist, exit with a message on standard error.
    """
    try:
        with contextlib.redirect_stdout(sys.stderr):
            return _load(parser, _configure(parser, options))
    except psycopg2.OperationalError as exc:
        parser.fail(UNKNOWN_DATABASE, exc)


def _configure(parser: Parser, options: Any) -> str:
    """Read Odoo's configuration; return the name of the database."""
    words = ["--no-http"]
    if options.config:
        words += ["-c", options.config]
    if options.database:
        words += ["-d", options.database]
    config.parse_config(words, setup_logging=True)
    if not (config["logfile"] or config["syslog"]):
        _hush()
    if len(config["db_name"]) != 1:
        parser.error("name one database, with -d or in the configuration file")
    return config["db_name"][0]


def _load(parser: Parser, database: str) -> Registry:
    # Do not load the registry of a database without tables or without the addon.
    with db_connect(database).cursor() as cr:
        installed = is_initialized(cr) and "base_api" in get_installed_modules(cr)
    if not installed:
        message = f"base_api is not installed in the database '{database}'"
        parser.fail(NOT_INSTALLED, message)
    return Registry(database)


def _readable_file(path: str) -> str:
    if not os.access(path, os.R_OK):
        raise argparse.ArgumentTypeError(f"cannot read {path}")
    return path


def _hush() -> None:
    """Keep the log of loading modules off the terminal; warnings still show."""
    logging.getLogger("odoo").setLevel(logging.WARNING)
