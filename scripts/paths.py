# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Where things are. All that these commands make is below ignored folders."""

import contextlib
import fcntl
import hashlib
import os
import shutil
import time
from pathlib import Path

import console

ROOT = Path(__file__).resolve().parent.parent
ADDON = ROOT / "base_api"
STATE = ROOT / ".odoo"
ODOO = STATE / "odoo"
VENV = STATE / "venv"
BENCH = STATE / "bench"
PYTHON = VENV / "bin" / "python"
LAUNCHER = VENV / "bin" / "odoo"
LINT = STATE / "lint"
DATA = STATE / "data"
TEST = STATE / "test"
DIST = ROOT / "dist"

# Names of what has to live outside the checkout, should that ever be necessary.
CHECKOUT = hashlib.sha256(bytes(ROOT)).hexdigest()[:10]


def make_state():
    """Make the ignored folder, or say why it cannot be used."""
    if "," in str(ROOT):
        raise console.Problem(
            f"Odoo separates folders by commas, and there is one in the path {ROOT}.\n"
            "Move the checkout to a path without a comma."
        )
    try:
        STATE.mkdir(exist_ok=True)
    except OSError as error:
        raise console.Problem(f"Cannot write to {ROOT}: {error.strerror}.") from error
    owner = STATE.stat().st_uid
    if owner != os.geteuid():
        raise console.Problem(
            f"{STATE} belongs to the user with id {owner}, and you are {os.geteuid()}."
            "\nWork as that user, or let that user run: make clean"
        )


@contextlib.contextmanager
def lock(name="lock", wait=True):
    """Keep two commands from working on the same things at the same time."""
    with open(STATE / name, "a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if not wait:
                raise console.Problem(
                    "The same command is already running in this checkout."
                ) from None
            console.say("Another command works in this checkout; waiting for it ...")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def digest(*parts):
    """A short fingerprint of bytes and of anything that can be a text."""
    total = hashlib.sha256()
    for part in parts:
        content = part if isinstance(part, bytes) else str(part).encode()
        total.update(hashlib.sha256(content).digest())
    return total.hexdigest()[:16]


def addon_digest():
    """The fingerprint of the whole addon but its docs and tests."""
    return _digest_files(lambda name: True)


def schema_digest():
    """The fingerprint of what a database holds of the addon: its data and its models.

    That is every file but Python code outside of models, wizards and migrations, which
    runs as it is.
    """
    return _digest_files(lambda name: name.suffix != ".py" or is_of_schema(name))


def is_of_schema(name):
    """Whether a Python file, by its path in the addon, changes the database."""
    folders = {"models", "wizards", "migrations"}
    return name.parts[0] in folders or name.name == "__manifest__.py"


def _digest_files(is_wanted):
    parts = []
    for path in sorted(ADDON.rglob("*")):
        name = path.relative_to(ADDON)
        ignored = name.parts[0] in ("docs", "tests") or "__pycache__" in name.parts
        if path.is_file() and not ignored and is_wanted(name):
            parts += [name, path.read_bytes()]
    return digest(*parts)


def is_current(folder, key):
    """Whether a folder was completed from exactly these inputs."""
    try:
        return (folder / ".stamp").read_text() == key
    except OSError:
        return False


def stamp(folder, key):
    """Mark a folder as complete; always the last thing done to it."""
    write(folder / ".stamp", key)


def write(file, text, mode=0o644):
    """Replace a file at once, so that it is never there in part."""
    part = file.with_name(f"{file.name}.part")
    part.touch(mode)
    part.write_text(text)
    os.replace(part, file)


def remove(path):
    """Remove a file or a whole folder, if it is there."""
    deadline = time.monotonic() + 30
    while path.is_dir():
        try:
            shutil.rmtree(path)
        except OSError:
            # Part of a command that was killed may still be writing there, for a while.
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
    path.unlink(missing_ok=True)
