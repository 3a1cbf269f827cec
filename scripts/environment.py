# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Virtual environments, made from the requirements files."""

import ast
import importlib.util
import os
import subprocess
import sys
import venv
from pathlib import Path

import console
import debian
import paths
import process

PIP = paths.STATE / "pip"
UV = paths.STATE / "uv"
PIP_OPTIONS = ("--no-input", "--disable-pip-version-check", "--progress-bar=off")
PIP_SECTIONS = (":env:", "install", "global")  # the first one counts
# Option of pip -> the same of uv.
UV_VARIABLES = {
    "cert": "SSL_CERT_FILE",
    "constraint": "UV_CONSTRAINT",
    "extra-index-url": "UV_EXTRA_INDEX_URL",
    "find-links": "UV_FIND_LINKS",
    "index-url": "UV_DEFAULT_INDEX",
    "proxy": "ALL_PROXY",
    "trusted-host": "UV_INSECURE_HOST",
}
SEPARATORS = {"find-links": ","}
# What changes nothing of what is installed.
IGNORED_BY_UV = {
    "cache-dir",
    "default-timeout",
    "disable-pip-version-check",
    "no-cache-dir",
    "no-input",
    "progress-bar",
    "retries",
    "root-user-action",
    "timeout",
}
HINT = "The packages come from the index that pip is configured for on this machine."


def ensure(folder, *requirements, before=None):
    """Make a virtual environment with these requirements, unless it is there.

    If it has to be made anew, `before` is called first.
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
    """Install packages with uv, which is several times as fast, or else with pip."""
    python = folder / "bin" / "python"
    names = [word for file in files for word in ("-r", file)]
    title = f"Installing Python packages ({', '.join(file.name for file in files)})"
    if uv := uv_environment(python, environment):
        command = [UV / "bin" / "uv", "pip", "install", "--python", python]
        try:
            _run(folder, [*command, *more, *names], title, uv)
        except console.Problem:
            console.say("uv cannot install them here: once more, with pip.")
        else:
            return
    command = [python, "-m", "pip", "install", "--prefer-binary", *PIP_OPTIONS]
    _run(folder, [*command, *more, *names], title, environment)


def _run(folder, command, title, environment):
    log = paths.STATE / f"{folder.name}.log"

    def detail():
        words = process.tail(log, 2000).split("\n")[-2:-1]
        return " ".join(" ".join(words).split()[:2])

    process.run(command, title, log, detail, HINT, env=environment)


def uv_environment(python, environment):
    """The variables for uv, which reads no configuration of pip; None: use pip.

    The same index, certificates and constraints hold for both. Where pip is configured
    in a way that uv does not know, pip installs the packages.
    """
    options = pip_options(python, environment)
    if not options.keys() <= UV_VARIABLES.keys() | IGNORED_BY_UV:
        return None
    if not (UV / "bin" / "uv").exists():
        command = [python, "-m", "pip", "install", *PIP_OPTIONS, "--target", UV, "uv"]
        try:
            process.run(command, "Getting uv", paths.STATE / "uv.log", env=environment)
        except console.Problem:
            return None
    variables = {
        UV_VARIABLES[name]: SEPARATORS.get(name, " ").join(value.split())
        for name, value in options.items()
        if name in UV_VARIABLES
    }
    # As pip does, whatever index a version is in.
    return environment | {"UV_INDEX_STRATEGY": "unsafe-best-match"} | variables


def pip_options(python, environment):
    """How pip is configured on this machine: its options, by name."""
    command = [python, "-m", "pip", "config", "list"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    found = {}
    for line in done.stdout.splitlines():
        # "global.index-url='...'": the environment wins, then the command's section.
        name, _, value = line.partition("=")
        section, _, option = name.rpartition(".")
        if section in PIP_SECTIONS:
            found.setdefault(option, {})[section] = ast.literal_eval(value)
    return {
        option: next(values[name] for name in PIP_SECTIONS if name in values)
        for option, values in found.items()
    }


def link(odoo):
    """Let the environment's Python import Odoo from where it is, and start it."""
    packages = next(paths.VENV.glob("lib/python3*/site-packages"))
    paths.write(packages / "odoo.pth", f"{odoo}\n")
    # Not `python -m odoo`: Odoo starts itself again, for websockets, by this file.
    paths.write(paths.LAUNCHER, "import odoo.cli\n\nodoo.cli.main()\n")
