# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is behind the API: the database, the log and Odoo's command line."""

import configparser
import contextlib
import os
import shlex
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

import psycopg2

HINT = "run these tests with: make test"


def variable(name):
    """A variable that `make test` sets."""
    value = os.environ.get(name)
    if not value:
        raise RuntimeError(f"{name} is not set: {HINT}")
    return value


def configuration():
    """The options in Odoo's configuration file."""
    parser = configparser.RawConfigParser()
    parser.read(odoo_words()[-1])
    return dict(parser["options"])


def connect(database=None, autocommit=True):
    """A connection to a database, as Odoo's own configuration makes it."""
    names = {"db_host": "host", "db_port": "port", "db_user": "user"}
    names["db_password"] = "password"
    options = configuration()
    found = {
        name: options[option]
        for option, name in names.items()
        if options.get(option) not in (None, "", "False")
    }
    name = database or variable("BASE_API_DATABASE")
    connection = psycopg2.connect(dbname=name, **found)
    connection.autocommit = autocommit
    return connection


def query(statement, *values, database=None):
    """Run one statement; return its rows, if it has any."""
    with contextlib.closing(connect(database)) as connection:
        cursor = connection.cursor()
        cursor.execute(statement, values or None)
        return cursor.fetchall() if cursor.description else []


def copy_database(source, target):
    """Copy a database with its files; who is connected to it has to connect anew."""
    # Not those of PostgreSQL itself, such as autovacuum, which only it may end.
    end = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = %s AND usename = current_user"
    )
    # Not from the source itself: who is connected to it is in the way.
    query(end, source, database="postgres")
    query(f'CREATE DATABASE "{target}" TEMPLATE "{source}"', database="postgres")
    if filestore(source).is_dir():
        shutil.copytree(filestore(source), filestore(target))


def drop_database(name):
    query(f'DROP DATABASE "{name}" WITH (FORCE)')
    shutil.rmtree(filestore(name), ignore_errors=True)


def filestore(database):
    return Path(configuration()["data_dir"]) / "filestore" / database


def log():
    """All that the server has written so far."""
    return Path(variable("BASE_API_LOG")).read_text(errors="replace")


def complaints(text):
    """The lines of a log that somebody would have to look into."""
    words = (" WARNING ", " ERROR ", " CRITICAL ")
    return [line for line in text.splitlines() if any(word in line for word in words)]


def odoo_words():
    """Odoo's command line, which ends with its configuration file."""
    words = shlex.split(variable("BASE_API_ODOO"))
    assert words[-2] == "-c", f"BASE_API_ODOO has to end with -c FILE; {HINT}"
    return words


def odoo(*words):
    """The command line of Odoo with options, or with a command of two words first."""
    *program, flag, conf = odoo_words()
    if words[0].startswith("-"):
        return [*program, flag, conf, *words]
    return [*program, *words[:2], flag, conf, *words[2:]]


def run_odoo(*words):
    """Run such a command to its end; return what it logged."""
    return run_to_the_end(odoo(*words))


def run_to_the_end(command):
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    done = subprocess.run(command, stdin=subprocess.DEVNULL, **options, timeout=900)
    assert done.returncode == 0, done.stdout
    return done.stdout


def uninstall(database):
    """Uninstall the addon; return what Odoo logged.

    Odoo refuses it while the addon is in `server_wide_modules`.
    """
    *program, flag, conf = odoo_words()
    parser = configparser.RawConfigParser()
    parser.read(conf)
    parser.remove_option("options", "server_wide_modules")
    with tempfile.NamedTemporaryFile("w", suffix=".conf") as file:
        parser.write(file)
        file.flush()
        words = ["module", "uninstall", flag, file.name, "-d", database, "base_api"]
        return run_to_the_end([*program, *words])


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
