# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The PostgreSQL to work with: one that is configured, or the private one."""

import os

import psycopg2

import cluster
import console
import settings

# libpq's name: Odoo's environment variable, Odoo's option
PARAMETERS = {
    "host": ("PGHOST", "db_host"),
    "port": ("PGPORT", "db_port"),
    "user": ("PGUSER", "db_user"),
    "password": ("PGPASSWORD", "db_password"),
    "sslmode": ("PGSSLMODE", "db_sslmode"),
}


def ensure():
    """Make sure that there is a usable server; return Odoo's options to reach it."""
    # Odoo would prefer it to the names of the databases that are worked with here.
    os.environ.pop("PGDATABASE", None)
    if settings.has_server():
        check_role()
        return {
            option: os.environ[variable]
            for variable, option in PARAMETERS.values()
            if variable in os.environ and option != "db_password"
        }
    for name in [name for name in os.environ if name.startswith("PG")]:
        del os.environ[name]
    private = cluster.Cluster()
    private.start()
    options = {"db_host": private.socket_folder(), "db_port": 5432}
    return options | {"db_user": cluster.ROLE}


def connect(options, name="postgres"):
    """A connection on which every statement is its own transaction."""
    options = settings.read() | options
    parameters = {
        parameter: str(options[option])
        for parameter, (variable, option) in PARAMETERS.items()
        if option in options and variable not in os.environ
    }
    try:
        connection = psycopg2.connect(dbname=name, **parameters)
    except psycopg2.OperationalError as error:
        raise console.Problem(
            f"PostgreSQL does not let us in: {error}\n"
            "The server is the one of PGHOST, PGPORT, PGUSER and PGPASSWORD, or of the "
            "db_ options in odoo.conf.\nWithout them a private one is used."
        ) from error
    connection.autocommit = True
    return connection


def check_role():
    """Odoo needs a role of its own that may create databases."""
    with connect({}).cursor() as cursor:
        cursor.execute(
            "SELECT rolname, rolcreatedb OR rolsuper FROM pg_roles"
            " WHERE rolname = current_user"
        )
        role, creates = cursor.fetchone()
    if role == cluster.SUPERUSER:
        raise console.Problem(
            f'Odoo refuses to work as the PostgreSQL role "{role}". Make another one:\n'
            "    CREATE ROLE odoo LOGIN CREATEDB PASSWORD '...'"
        )
    if not creates:
        raise console.Problem(
            f'The PostgreSQL role "{role}" may not create databases. Allow it:\n'
            f'    ALTER ROLE "{role}" CREATEDB'
        )
