# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Fetches Debian packages with apt, verified by apt, into a folder of our own.

The system's apt is not changed: sources, package lists and downloads are private.
"""

import os
import shutil
import subprocess
from pathlib import Path

import console
import paths
import process

SUITE = "sid"
KEYRINGS = (
    Path("/usr/share/keyrings/debian-archive-keyring.gpg"),
    Path("/usr/share/keyrings/debian-archive-keyring.pgp"),
)
HINT = "It takes the Debian mirror that this machine's apt is configured for."


def fetch(packages, target, title):
    """Unpack these packages of the suite into a folder, unless that was done."""
    key = paths.digest(SUITE, *packages)
    if not paths.is_current(target, key):
        apt = Apt(target.name, [(find_mirror(), SUITE)])
        apt.get("download", *packages, title=title)
        apt.unpack(target, key)


def fetch_with_dependencies(packages, target, title):
    """The same from the machine's own suites, with all that is not installed."""
    key = paths.digest(*packages)
    if not paths.is_current(target, key):
        apt = Apt(target.name, find_suites(), Path("/var/lib/dpkg/status"))
        words = ("--download-only", "--no-install-recommends", "--yes")
        apt.get("install", *words, *packages, title=title)
        apt.unpack(target, key)


class Apt:
    """A private apt: its sources, its lists, its downloads."""

    def __init__(self, name, suites, status=None):
        require_tools()
        self.folder = paths.STATE / "apt" / name
        self.downloads = self.folder / "archives"
        self.log = paths.STATE / f"{name}.apt.log"
        for part in ("lists/partial", "archives/partial", "nothing"):
            (self.folder / part).mkdir(parents=True, exist_ok=True)
        self.status = status or self.folder / "status"
        if not status:
            self.status.touch()
        keyring = find_keyring()
        sources = [
            f"deb [signed-by={keyring}] {uri} {suite} main" for uri, suite in suites
        ]
        (self.folder / "sources.list").write_text("\n".join([*sources, ""]))
        title = f"Reading Debian's package lists ({', '.join(s for _, s in suites)})"
        self.get("update", "--error-on=any", title=title)

    def get(self, *words, title):
        """Run apt-get where it finds and leaves only what is ours."""
        options = self._options().items()
        command = ["apt-get", *(f"-o{name}={value}" for name, value in options), *words]
        folder = self.downloads
        process.run(command, title, self.log, self._size, HINT, cwd=folder)

    def _options(self):
        return {
            "Dir::Etc::SourceList": self.folder / "sources.list",
            "Dir::Etc::SourceParts": self.folder / "nothing",
            "Dir::Etc::Preferences": "/dev/null",
            "Dir::Etc::PreferencesParts": self.folder / "nothing",
            "Dir::State": self.folder,
            "Dir::State::Lists": self.folder / "lists",
            "Dir::State::Status": self.status,
            "Dir::Cache": self.folder,
            "Dir::Cache::Archives": self.downloads,
            "Acquire::Languages": "none",
            "Acquire::Retries": "3",
            "APT::Sandbox::User": "root",
            "Debug::NoLocking": "true",
        }

    def _size(self):
        files = [*self.downloads.glob("*.deb"), *self.downloads.glob("partial/*.deb")]
        total = sum(os.stat(file).st_size for file in files)
        return f"{total // 1000000} MB" if total else ""

    def unpack(self, target, key):
        """Unpack what was downloaded; the target appears only when it is complete."""
        part = target.with_name(f"{target.name}.part")
        process.end_leftovers(part)
        paths.remove(part)
        part.mkdir()
        each = 'for package in *.deb; do dpkg -x "$package" "$0" || exit; done'
        command = ["sh", "-c", each, part]
        process.run(command, "Unpacking it", self.log, cwd=self.downloads)
        paths.stamp(part, key)
        paths.remove(target)
        part.rename(target)
        paths.remove(self.folder)


def require_tools():
    for tool in ("apt-get", "dpkg"):
        if not shutil.which(tool):
            raise console.Problem(
                f"There is no {tool} on this machine, and Odoo is taken from Debian.\n"
                "Use a Debian machine, or an Odoo 19 that is already there:\n"
                "    ODOO_SOURCE=/path/to/odoo make serve"
            )


def find_keyring():
    for keyring in KEYRINGS:
        if keyring.exists():
            return keyring
    raise console.Problem(
        f"{KEYRINGS[0]} is missing; apt checks Debian's signatures with it.\n"
        "It is in the package debian-archive-keyring."
    )


def find_mirror():
    """The mirror of Debian's archive that this machine's apt already uses."""
    return find_suites()[0][0]


def find_suites():
    """The suites of Debian's archive that this machine uses, each with its mirror."""
    require_tools()
    known = [
        target for target in _index_targets() if target[2:] == ["Debian", "Debian"]
    ]
    # Where no package lists were read so far, apt knows neither origin nor label.
    known = known or [
        target
        for target in _index_targets("--no-release-info")
        if target[0].rstrip("/").endswith("/debian")
    ]
    if not known:
        raise console.Problem(
            "apt on this machine knows no mirror of Debian (apt-get indextargets).\n"
            "Use a Debian machine, or an Odoo 19 that is already there:\n"
            "    ODOO_SOURCE=/path/to/odoo make serve"
        )
    return list(dict.fromkeys((uri, suite) for uri, suite, *_ in known))


def _index_targets(*options):
    form = "$(REPO_URI)|$(RELEASE)|$(ORIGIN)|$(LABEL)"
    targets = ["Created-By: Packages", "Component: main"]
    command = ["apt-get", "indextargets", *options, "--format", form, *targets]
    answer = subprocess.run(command, capture_output=True, text=True)
    return [line.split("|") for line in answer.stdout.splitlines()]
