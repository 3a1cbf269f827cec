# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A PostgreSQL of the tests' own, which they may stop, kill, fill and cut off."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import backstage
import psutil
import psycopg2
from backstage import variable

sys.path.append(str(Path(__file__).resolve().parent.parent / "scripts"))

import cluster  # noqa: E402
import paths  # noqa: E402
import process  # noqa: E402

# What is committed is on the disk, unlike in the cluster that all tests share.
OPTIONS = """
listen_addresses = ''
max_connections = 100
shared_buffers = 64MB
"""
PORT = 5432  # of the name of the socket; nothing listens on it
TEMPLATE = "faults_template"


class OwnPostgres(cluster.Cluster):
    """A cluster with a copy of the database that has nothing but the addon."""

    def __init__(self):
        paths.make_state()
        super().__init__(cluster.FAULTY, OPTIONS)

    def make(self):
        self.remove()
        self.start()
        self.query(f'CREATE DATABASE "{TEMPLATE}"')
        self.restore(dump_minimal(self.program("pg_dump")), TEMPLATE)

    def address(self):
        """Options of PostgreSQL's programs that lead here."""
        return ["-h", str(self.socket_folder()), "-p", str(PORT), "-U", cluster.ROLE]

    def odoo_options(self):
        """Options of Odoo that lead here."""
        folder = str(self.socket_folder())
        return {"--db_host": folder, "--db_port": PORT, "--db_user": cluster.ROLE}

    def kill(self):
        """End the postmaster without a chance to tidy up."""
        os.kill(self.pid(), signal.SIGKILL)

    @contextlib.contextmanager
    def hung(self):
        """Let none of its processes go on for a while."""
        postmaster = psutil.Process(self.pid())
        processes = [postmaster, *postmaster.children()]
        for found in processes:
            found.suspend()
        try:
            yield
        finally:
            for found in processes:
                with contextlib.suppress(psutil.NoSuchProcess):
                    found.resume()

    def pid(self):
        return process.read_pid(self.data / "postmaster.pid")

    def start_standby(self):
        """Start it read-only, as a standby is that follows another server."""
        (self.data / "standby.signal").touch()
        self.start()

    def promote(self):
        """Let a standby accept writes."""
        self._pg_ctl("promote", "-w")

    def connect(self, database="postgres", user=cluster.ROLE, autocommit=True):
        folder = str(self.socket_folder())
        options = {"host": folder, "port": PORT, "user": user, "dbname": database}
        connection = psycopg2.connect(**options)
        connection.autocommit = autocommit
        return connection

    def query(self, statement, *values, **options):
        """Run one statement; return its rows, if it has any."""
        with contextlib.closing(self.connect(**options)) as connection:
            cursor = connection.cursor()
            cursor.execute(statement, values or None)
            return cursor.fetchall() if cursor.description else []

    def query_all(self, statement, *values, **options):
        """The same as the superuser."""
        return self.query(statement, *values, user=cluster.SUPERUSER, **options)

    def add_tablespace(self, name, folder):
        folder.mkdir()
        if self.user:
            shutil.chown(folder, self.user)
        self.query_all(f"CREATE TABLESPACE {name} LOCATION '{folder}'")

    def copy(self, source, target):
        """Copy a database and the files of the one that has nothing but the addon."""
        self.query(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')
        files = backstage.filestore(variable("BASE_API_MINIMAL_DATABASE"))
        if files.is_dir():
            shutil.copytree(files, backstage.filestore(target))

    def drop(self, name):
        self.query(f'DROP DATABASE "{name}" WITH (FORCE)')
        shutil.rmtree(backstage.filestore(name), ignore_errors=True)

    def dump(self, database):
        words = [self.program("pg_dump"), *self.address(), "-Fc", database]
        return run(words).stdout

    def restore(self, dump, database):
        """Fill an empty database from a dump."""
        words = [self.program("pg_restore"), *self.address(), "--no-owner"]
        run([*words, "--exit-on-error", "-d", database], input=dump)


def dump_minimal(program):
    """Dump the database of the tests, wherever it is."""
    options = backstage.configuration()
    names = {"db_host": "-h", "db_port": "-p", "db_user": "-U"}
    words = [
        word
        for name, flag in names.items()
        if options.get(name) not in (None, "", "False")
        for word in (flag, options[name])
    ]
    environment = os.environ | {"PGPASSWORD": options.get("db_password", "")}
    database = variable("BASE_API_MINIMAL_DATABASE")
    return run([program, *words, "-Fc", database], env=environment).stdout


def run(words, **options):
    done = subprocess.run(words, capture_output=True, timeout=300, **options)
    assert not done.returncode, done.stderr
    return done
