# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Virtual environments, made from the requirements files."""

import importlib.util
import os
import sys
import venv
from pathlib import Path

import console
import debian
import paths
import process

PIP = paths.STATE / "pip"
HINT = "The packages come from the index that pip is configured for on this machine."


def ensure(folder, *requirements, before=None):
    """Make a virtual environment with these requirements, unless it is there.

    If it has to be made anew, ``before`` is called first.
    """
    files = [paths.ROOT / name for name in requirements]
    wanted = [file.read_bytes() for file in files]
    key = paths.digest(sys.version_info[:2], sys.base_prefix, folder, *wanted)
    if paths.is_current(folder, key) and (folder / "bin" / "python").exists():
        return
    if before:
        before()
    paths.remove(folder)
    environment = dict(os.environ, PYTHONPATH=_find_pip())
    with console.Step(f"Making a virtual environment for Python {_version()}"):
        venv.create(folder, with_pip=False, symlinks=True)
    _install(folder, files, environment)
    paths.stamp(folder, key)


def ensure_packages(folder, requirements, addons):
    """Put packages into a folder of their own, unless they are there.

    :param addons: the file with those that are taken without their dependencies
    """
    files = [paths.ROOT / requirements, paths.ROOT / addons]
    key = paths.digest(sys.version_info[:2], *(file.read_bytes() for file in files))
    if paths.is_current(folder, key):
        return
    paths.remove(folder)
    environment = dict(os.environ, PYTHONPATH=_find_pip())
    for file, words in zip(files, ([], ["--no-deps"]), strict=True):
        _install(paths.VENV, [file], environment, "--target", folder, *words)
    paths.stamp(folder, key)


def _version():
    return ".".join(map(str, sys.version_info[:2]))


def _find_pip():
    """A wheel of pip: Python's own, or Debian's where Python comes without."""
    folders = [Path("/usr/share/python-wheels")]
    bundle = importlib.util.find_spec("ensurepip")
    if bundle:
        folders.insert(0, Path(bundle.origin).parent / "_bundled")
    wheels = [wheel for folder in folders for wheel in folder.glob("pip-*.whl")]
    if not wheels:
        debian.fetch(["python3-pip-whl"], PIP, "Downloading pip")
        wheels = list(PIP.glob("usr/share/python-wheels/pip-*.whl"))
    return str(wheels[0])


def _install(folder, files, environment, *more):
    log = paths.STATE / f"{folder.name}.log"
    command = [folder / "bin" / "python", "-m", "pip", "install", "--prefer-binary"]
    command += ["--no-input", "--disable-pip-version-check", "--progress-bar=off"]
    command += [*more, *(word for file in files for word in ("-r", file))]

    def detail():
        words = process.tail(log, 2000).split("\n")[-2:-1]
        return " ".join(" ".join(words).split()[:2])

    title = f"Installing Python packages ({', '.join(file.name for file in files)})"
    process.run(command, title, log, detail, HINT, env=environment)


def link(odoo):
    """Let the environment's Python import Odoo from where it is, and start it."""
    packages = next(paths.VENV.glob("lib/python3*/site-packages"))
    paths.write(packages / "odoo.pth", f"{odoo}\n")
    # Not `python -m odoo`: Odoo starts itself again, for websockets, by this file.
    paths.write(paths.LAUNCHER, "import odoo.cli\n\nodoo.cli.main()\n")
