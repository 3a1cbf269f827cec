# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Databases of this checkout: made under a working name, renamed when complete.

A comment on a database says that it is ours; one without it is never touched.
"""

import contextlib
import os
import shutil

from psycopg2 import sql

import console
import odoo_source
import paths
import postgres
import process
import settings

MARK = "base_api"
DEMO_MODULES = ("sale_management", "crm", "hr")


class Databases:
    """Makes, copies and drops databases on one server."""

    def __init__(self, options, addons=()):
        """:param addons: folders of addons beside Odoo's and the checkout"""
        self.options = options  # Odoo's, to reach the server
        self.addons = addons
        # On a server that others use too, ours are those of this very checkout.
        self.owner = str(paths.ROOT) if settings.has_server() else "here"
        self.cursor = postgres.connect(options).cursor()

    def key(self, name):
        """What the database was completed from; None if it has to be made."""
        self.cursor.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database"
            " WHERE datname = %s",
            [name],
        )
        row = self.cursor.fetchone()
        if not row:
            return None
        mark, key, owner = ((row[0] or "").split(" ", 2) + ["", ""])[:3]
        if (mark, owner) != (MARK, self.owner):
            self._refuse(name, owner if mark == MARK else "")
        return key if filestore(name).is_dir() else None

    def ensure_template(self):
        """A database with demo data and everything but the addon, made once."""
        name = f"{settings.database()}_template"
        key = paths.digest(odoo_source.key(), *DEMO_MODULES)
        if self.key(name) != key:
            with self.making(name, key) as part:
                self._create(part)
                self.install(part, DEMO_MODULES, "--with-demo")
        return name

    def copy(self, template, part):
        """Copy a database with its files; the files are never changed, so linked."""
        with console.Step(f"Copying the database {template}"):
            self._create(part, template)
            link_files(filestore(template), filestore(part))

    def ensure(self, name):
        """The development database, with the addon as it is in the checkout now."""
        addon = paths.addon_digest()
        key = self.key(name)
        if key is None:
            self.make_from_template(name)
        elif key != addon:
            log = paths.STATE / f"{name}.update.log"
            self._odoo(
                name, ["-u", MARK], f"Updating {MARK} in the database {name}", log
            )
            self._mark(name, addon)

    def make_from_template(self, name, key=None, modules=(MARK,)):
        """A database with demo data and the addon, whatever was there before."""
        template = self.ensure_template()
        with self.making(name, key or paths.addon_digest()) as part:
            self.copy(template, part)
            self.install(part, modules, "--with-demo")

    def make_minimal(self, name, log, key):
        """A database with the addon and its dependencies only, without demo data."""
        with self.making(name, key) as part:
            self._create(part)
            self.install(part, [MARK], log=log)

    @contextlib.contextmanager
    def making(self, name, key):
        """Yield a working name; what was made under it replaces the database."""
        self.key(name)  # refuses a database that is not ours
        part = f"{name}.part"
        self.drop(part)
        filestore(part).mkdir(parents=True)
        yield part
        self.drop(name)
        self._mark(part, key)
        filestore(part).rename(filestore(name))
        self._execute("ALTER DATABASE {} RENAME TO {}", part, name)

    def install(self, name, modules, *words, log=None, conf=None):
        """:param conf: a configuration of the caller's own, with this database"""
        log = log or paths.STATE / f"{name.removesuffix('.part')}.install.log"
        title = f"Installing {', '.join(modules)} in {name.removesuffix('.part')}"
        self._odoo(name, ["-i", ",".join(modules), *words], title, log, conf)
        missing = set(modules) - self._installed(name)
        if missing:
            raise console.Problem(
                f"Odoo did not install {', '.join(missing)}; see {log}"
            )

    def _installed(self, name):
        with contextlib.closing(postgres.connect(self.options, name)) as connection:
            cursor = connection.cursor()
            cursor.execute(
                "SELECT name FROM ir_module_module WHERE state = 'installed'"
            )
            return {module for (module,) in cursor}

    def drop_all(self):
        """Drop every database that this checkout made."""
        self.cursor.execute(
            "SELECT datname FROM pg_database"
            " WHERE shobj_description(oid, 'pg_database') LIKE %s",
            [f"{MARK} % {self.owner}"],
        )
        for (name,) in self.cursor.fetchall():
            self.drop(name)

    def drop(self, name):
        self._execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
        paths.remove(filestore(name))

    def _create(self, name, template="template0"):
        rest = ""
        if template == "template0":
            rest = " ENCODING 'unicode' LC_COLLATE 'C'"  # as Odoo does it
        elif self.cursor.connection.server_version >= 150000:
            # The other strategy forgets to log sequences: after a crash of the server
            # they would fall back behind the rows of the copy.
            rest = " STRATEGY FILE_COPY"
        self._execute("CREATE DATABASE {} TEMPLATE {}" + rest, name, template)

    def _mark(self, name, key):
        comment = sql.Literal(f"{MARK} {key} {self.owner}")
        self._execute("COMMENT ON DATABASE {} IS {}", name, comment)

    def _execute(self, statement, *names):
        names = [sql.Identifier(n) if isinstance(n, str) else n for n in names]
        self.cursor.execute(sql.SQL(statement).format(*names))

    def _odoo(self, name, words, title, log, conf=None):
        conf = conf or settings.write(
            paths.STATE / "install.conf", self.options | common(name, self.addons)
        )
        command = [*odoo_source.command(conf), "--stop-after-init", "--no-http", *words]
        process.run(command, title, log, lambda: loading(log), cwd=paths.STATE)

    def _refuse(self, name, owner):
        made = f"was made by the checkout {owner}" if owner else "is not ours"
        raise console.Problem(
            f"The PostgreSQL server has a database {name} that {made}.\n"
            "It is left alone. Another name can be used: DATABASE=name make serve"
        )


def common(name, addons=()):
    """Options of every Odoo here, whatever the shipped odoo.conf says.

    :param addons: see `Databases`
    """
    return {
        "db_name": name,
        "addons_path": ",".join(map(str, odoo_source.addons(*addons))),
        "data_dir": paths.DATA,
        "http_interface": "127.0.0.1",
        "workers": 0,
        "max_cron_threads": 0,
        "logfile": None,
        "pidfile": None,
    }


def filestore(name):
    return paths.DATA / "filestore" / name


def link_files(source, target):
    """Copy a filestore by links."""
    shutil.copytree(source, target, copy_function=os.link, dirs_exist_ok=True)


def loading(log):
    """How far an installation is, from its log: the number of modules loaded."""
    steps = process.tail(log).rpartition("Loading module ")[2].split("\n")[0]
    return steps.strip() if "/" in steps else ""
