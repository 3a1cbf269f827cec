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

APT = paths.STATE / "apt"
LOG = APT / "apt.log"
SUITE = "sid"
KEYRINGS = (
    Path("/usr/share/keyrings/debian-archive-keyring.gpg"),
    Path("/usr/share/keyrings/debian-archive-keyring.pgp"),
)
HINT = (
    "This step needs the Debian mirror that this machine's apt is configured for.\n"
    "An Odoo that is already there can be used instead: ODOO_SOURCE=/path make ..."
)


def fetch(packages, target, title):
    """Unpack the packages of the suite into the folder target, unless it is done."""
    key = paths.digest(SUITE, *packages)
    if paths.is_current(target, key):
        return
    downloads = APT / target.name
    update()
    _download(packages, downloads, title)
    unpack(downloads, target, key)
    paths.remove(downloads)


def update():
    """Read the package lists of the suite."""
    require_tools()
    uri, keyring = find_mirror(), find_keyring()
    for folder in ("lists/partial", "cache/archives/partial"):
        (APT / folder).mkdir(parents=True, exist_ok=True)
    (APT / "status").touch()
    (APT / "sources.list").write_text(
        f"deb [signed-by={keyring}] {uri} {SUITE} main\n"
    )
    title = f"Reading the package lists of Debian {SUITE}"
    process.run(_apt_get("update", "--error-on=any"), title, LOG, hint=HINT)


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
    for options in ((), ("--no-release-info",)):  # without: no lists were read so far
        for uri, origin, label in _index_targets(*options):
            named = (origin, label) == ("Debian", "Debian")
            if named or (options and uri.rstrip("/").endswith("/debian")):
                return uri
    raise console.Problem(
        "apt on this machine knows no mirror of Debian (apt-get indextargets).\n" + HINT
    )


def _index_targets(*options):
    form = "$(REPO_URI)|$(ORIGIN)|$(LABEL)"
    command = ["apt-get", "indextargets", *options, "--format", form]
    answer = subprocess.run(command, capture_output=True, text=True)
    return [line.split("|") for line in answer.stdout.splitlines()]


def _apt_get(*words):
    options = {
        "Dir::Etc::SourceList": APT / "sources.list",
        "Dir::Etc::SourceParts": "-",
        "Dir::Etc::Preferences": "-",
        "Dir::Etc::PreferencesParts": "-",
        "Dir::State": APT,
        "Dir::State::Lists": APT / "lists",
        "Dir::State::Status": APT / "status",
        "Dir::Cache": APT / "cache",
        "Acquire::Languages": "none",
        "Acquire::Retries": "3",
        "APT::Sandbox::User": "root",
        "Debug::NoLocking": "true",
    }
    return [
        "apt-get",
        *(word for name, value in options.items() for word in ("-o", f"{name}={value}")),
        *words,
    ]


def _download(packages, folder, title):
    folder.mkdir(exist_ok=True)

    def size():
        total = sum(os.stat(entry).st_size for entry in os.scandir(folder))
        return f"{total // 1000000} MB"

    command = _apt_get("download", *packages)
    process.run(command, title, LOG, detail=size, hint=HINT, cwd=folder)


def unpack(downloads, target, key):
    """Unpack every package in a folder; the target appears only when it is complete."""
    part = target.with_name(f"{target.name}.part")
    paths.remove(part)
    part.mkdir()
    each = 'for package in *.deb; do dpkg -x "$package" "$0" || exit; done'
    process.run(["sh", "-c", each, part], "Unpacking it", LOG, cwd=downloads)
    paths.stamp(part, key)
    paths.remove(target)
    part.rename(target)
