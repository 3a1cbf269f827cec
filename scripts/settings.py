# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The checkout's odoo.conf, and the copies of it that the servers here run with."""

import configparser
import os

import paths

FILE = paths.ROOT / "odoo.conf"


def read(file=FILE):
    """The options of such a file; an empty or False database option means nothing."""
    parser = configparser.RawConfigParser()
    parser.read(file)
    options = parser["options"] if parser.has_section("options") else {}
    return {
        name: value
        for name, value in options.items()
        if not (name.startswith("db_") and value in ("", "False"))
    }


def has_server():
    """Whether a PostgreSQL server is configured, in the environment or in odoo.conf."""
    return bool(os.environ.get("PGHOST") or read().get("db_host"))


def database():
    """The name of the development database; others are derived from it."""
    return os.environ.get("DATABASE") or read().get("db_name", "base_api")


def render(overrides):
    """The text of odoo.conf with some options replaced, and dropped where None."""
    options = read() | overrides
    lines = [
        f"{name} = {value}" for name, value in options.items() if value is not None
    ]
    return "\n".join(["[options]", *lines, ""])


def write(file, overrides):
    """Write such a copy for a server of this checkout; only the owner reads it."""
    file.parent.mkdir(exist_ok=True)
    paths.write(file, render(overrides), 0o600)
    return file
