# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Where Odoo itself comes from."""

import os
import re
from pathlib import Path

import console
import debian
import paths

# Links inside the package lead to the others; without jQuery no web client loads.
PACKAGES = (
    "odoo-19",
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
    "fonts-font-awesome",
    "fonts-inconsolata",
    "fonts-montserrat",
    "fonts-roboto-unhinted",
)


def ensure():
    """Return the folder that holds odoo/ and addons/, after fetching it if need be."""
    source = os.environ.get("ODOO_SOURCE")
    if source:
        return _check(Path(source).expanduser().resolve())
    debian.fetch(PACKAGES, paths.ODOO, "Downloading Odoo 19")
    return find()


def find():
    """The same folder, where it is known to be there."""
    source = os.environ.get("ODOO_SOURCE")
    if source:
        return Path(source).expanduser().resolve()
    return paths.ODOO / "usr" / "lib" / "python3" / "dist-packages"


def addons(*more):
    """The folders of addons: Odoo's, the checkout itself, and more."""
    folders = (find() / "addons", paths.ROOT, *more)
    return [path for path in folders if path.is_dir()]


def command(conf):
    """The command line that runs Odoo."""
    return [str(paths.PYTHON), str(paths.LAUNCHER), "-c", str(conf)]


def key():
    """A fingerprint of this Odoo, as far as databases depend on it."""
    return paths.digest(find(), (find() / "odoo" / "release.py").read_bytes())


def _check(folder):
    try:
        release = (folder / "odoo" / "release.py").read_text()
    except OSError as error:
        raise console.Problem(
            f"ODOO_SOURCE={folder} is not an Odoo: there is no odoo/release.py in it."
        ) from error
    if not re.search(r"version_info = \((19|'saas~19)", release):
        raise console.Problem(f"ODOO_SOURCE={folder} is not Odoo 19.")
    return folder
