# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A PostgreSQL server that is the primary or follows it by streaming replication."""

import contextlib
import os
import shutil
import signal
import time

import psutil
import psycopg2

import cluster
import console
import paths
import postgres
import process

# wal_log_hints: for pg_rewind. The size of the slots: a standby that is away for long
# must not fill the primary's disk.
OPTIONS = """
listen_addresses = '127.0.0.1'
max_connections = 100
shared_buffers = 64MB
wal_log_hints = on
wal_keep_size = 256MB
max_slot_wal_keep_size = 1GB
wal_retrieve_retry_interval = 1s
"""
CHECKER = "haproxy"  # the role of the health checks, without rights
SLOT = """
    SELECT pg_create_physical_replication_slot(%s)
    WHERE NOT EXISTS (SELECT FROM pg_replication_slots WHERE slot_name = %s)
"""
DROP_SLOTS = "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots"
STREAMS = """
    SELECT sync_state FROM pg_stat_replication
    WHERE application_name = %s AND state = 'streaming'
"""
TITLES = {
    "pg_basebackup": "Copying the primary to the standby",
    "pg_rewind": "Rewinding the former primary",
}


class Replicated(cluster.Cluster):
    """One of the two PostgreSQL servers of a site.

    :param name: `s1` or `s2`: its replication slot and application name, too
    """

    def __init__(self, layout, name):
        super().__init__(f"{layout.name}/{name}", OPTIONS, layout.port(name))
        self.short = name

    def socket_folder(self):
        """Beside the data folder: pg_rewind takes a socket for a file."""
        fits = len(bytes(self.home)) <= cluster.SOCKET_LIMIT
        return self.home if fits else self._short_socket_folder()

    def query(self, statement, *values, database="postgres", user=cluster.SUPERUSER):
        """Run one statement; return its rows, if it has any."""
        address = {"host": "127.0.0.1", "port": self.port, "connect_timeout": 10}
        connection = psycopg2.connect(**address, user=user, dbname=database)
        connection.autocommit = True
        with contextlib.closing(connection):
            cursor = connection.cursor()
            cursor.execute(statement, values or None)
            return cursor.fetchall() if cursor.description else []

    def pid(self):
        return process.read_pid(self.data / "postmaster.pid")

    def kill(self):
        """End it as the loss of its machine does: all processes, at once."""
        os.killpg(self.pid(), signal.SIGSTOP)  # none of them tidies up
        for found in reversed(self._processes()):
            found.kill()

    def hang(self):
        """Let none of its processes go on."""
        for found in self._processes():
            found.suspend()

    def resume(self):
        for found in self._processes():
            found.resume()

    def _processes(self):
        """The postmaster and the processes that it started."""
        postmaster = psutil.Process(self.pid())
        return [postmaster, *postmaster.children()]

    def make_primary(self, dump, database):
        """Start as a new server with a database from a dump."""
        self.start()
        self.query(f"CREATE ROLE {CHECKER} LOGIN")
        self.query(f'CREATE DATABASE "{database}" OWNER {cluster.ROLE}')
        log = self.home.parent / "restore.log"
        words = ["-h", "127.0.0.1", "-p", self.port, "-U", cluster.ROLE, "--no-owner"]
        words += ["-j", "2", "--no-comments", "-d", database, dump]
        process.run([self.program("pg_restore"), *words], "Restoring the database", log)

    def copy(self, primary):
        """Start as a new standby of a server."""
        self._make_home()
        paths.remove(self.data)
        primary.query(SLOT, self.short, self.short)
        words = ["-D", self.data, "-X", "stream", "-c", "fast", "-S", self.short]
        self._tool("pg_basebackup", *words, "-d", primary.address())
        self._follow(primary)

    def rejoin(self, primary):
        """Start as a standby of a server that was promoted meanwhile."""
        self.stop()
        try:
            self._rewind(primary)
        except console.Problem as problem:
            console.say(f"{problem}\nIt is made anew.")
            self.copy(primary)
        self.query(DROP_SLOTS)  # its own, of when it was the primary

    def _clear_way(self, seconds=30):
        """Forget a server that was killed, when all of its processes are gone."""
        deadline = time.monotonic() + seconds
        while process.any_works_in(self.data) and time.monotonic() < deadline:
            time.sleep(0.1)
        if not process.any_works_in(self.data):
            # Its number may still be in use: by a zombie, or by another process.
            paths.remove(self.data / "postmaster.pid")
            paths.remove(self.socket_folder() / f".s.PGSQL.{self.port}.lock")

    def _rewind(self, primary):
        self._clear_way()
        primary.query("CHECKPOINT")  # pg_rewind reads the timeline of its control file
        words = ["--target-pgdata", self.data, "--no-sync"]
        self._tool("pg_rewind", *words, "--source-server", primary.address())
        primary.query(SLOT, self.short, self.short)
        self._follow(primary)

    def _follow(self, primary):
        lines = {
            "primary_conninfo": f"{primary.address()} application_name={self.short}",
            "primary_slot_name": self.short,
            "synchronous_standby_names": "",
        }
        with open(self.data / "postgresql.auto.conf", "a") as file:
            file.writelines(f"{name} = '{value}'\n" for name, value in lines.items())
        signal_file = self.data / "standby.signal"
        signal_file.touch()
        if self.user:
            shutil.chown(signal_file, self.user)
        self.start()

    def promote(self):
        self._pg_ctl("promote", "-w")

    def wait_for_synchronous(self, name):
        """Acknowledge no write any more that this standby does not have."""
        self.query(f"ALTER SYSTEM SET synchronous_standby_names = '{name}'")
        self.query("SELECT pg_reload_conf()")
        self.wait_for_standby(name, ("sync",))

    def wait_for_nobody(self):
        """Acknowledge writes without a standby."""
        self.query("ALTER SYSTEM SET synchronous_standby_names = ''")
        self.query("SELECT pg_reload_conf()")

    def wait_for_standby(self, name, states=("sync", "async"), seconds=60):
        deadline = time.monotonic() + seconds
        while not {state for (state,) in self.query(STREAMS, name)} & set(states):
            if time.monotonic() > deadline:
                raise console.Problem(f"{name} does not follow {self.short}.")
            time.sleep(0.1)

    def is_standby(self):
        """Whether it follows another one; None if it does not answer."""
        try:
            return self.query("SELECT pg_is_in_recovery()")[0][0]
        except psycopg2.OperationalError:
            return None

    def address(self):
        return f"host=127.0.0.1 port={self.port} user={cluster.SUPERUSER}"

    def _tool(self, program, *words):
        self._run(TITLES[program], program, *words)


def dump(options, database, file):
    """Dump a database of the PostgreSQL that the other commands work with."""
    variables = {
        variable: str(options[option])
        for variable, option in postgres.PARAMETERS.values()
        if option in options
    }
    command = [cluster.Cluster().program("pg_dump"), "-Fc", "-Z1", "-f", file, database]
    log = paths.STATE / "dump.log"
    title = f"Dumping the database {database}"
    process.run(command, title, log, env=os.environ | variables)
