# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The Python client: its tests on a running server, and its packages."""

import os
import shutil
import subprocess

import console
import environment
import paths
import process

SOURCES = paths.ROOT / "clients" / "python"
FOLDER = paths.STATE / "clients"
PYTHON = FOLDER / "python"


def ensure():
    """Make an environment with the client and what its tests need."""
    FOLDER.mkdir(exist_ok=True)
    # A file of its own, which is another one when the requirements change.
    digest = paths.digest((SOURCES / "pyproject.toml").read_bytes())
    requirements = FOLDER / "python.txt"
    paths.write(requirements, f"# {digest}\n-e {SOURCES}[dev]\n")
    environment.ensure(PYTHON, requirements)


def check(variables, quick):
    """Run its tests and mypy; a Problem if either fails.

    :param variables: where the server is
    """
    ensure()
    selection = ["-m", "not slow"] if quick else []
    commands = (
        ["pytest", "-o", f"cache_dir={FOLDER / 'pytest'}", *selection],
        ["mypy", "--strict", "--cache-dir", FOLDER / "mypy"],
    )
    failed = [words[0] for words in commands if run(words, variables)]
    if failed:
        raise console.Problem(f"{', '.join(failed)} failed.")


def build(target):
    """Make wheel and sdist in a folder."""
    ensure()
    # In a copy: the tools leave folders of their own behind.
    copy = FOLDER / "python-sources"
    paths.remove(copy)
    shutil.copytree(SOURCES, copy)
    command = [PYTHON / "bin" / "python", "-m", "build", "--outdir", target, copy]
    process.run(command, "Building clients/python", FOLDER / "python-build.log")


def run(words, variables):
    return subprocess.run(
        [PYTHON / "bin" / words[0], *words[1:]],
        cwd=SOURCES,
        env=os.environ | variables,
        preexec_fn=process.die_with_parent,
    ).returncode
