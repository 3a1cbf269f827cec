# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Packages of npm, in copies of their folders: nothing is made in the checkout."""

import os
import shutil
import subprocess
from pathlib import Path

import clients
import console
import paths
import process

FOLDER = paths.STATE / "npm"
MODULES = "node_modules"
MADE = (MODULES, "build", "dist", "generated")
HINT = "The packages come from the registry that npm is configured for on this machine."


class Package:
    """A folder with a package.json and a package-lock.json.

    :param source: where it is in the checkout
    """

    def __init__(self, source):
        self.source = source
        self.folder = FOLDER / source.relative_to(paths.ROOT)
        self.node = clients.node()

    def ensure(self):
        """Copy the folder, and install the locked packages unless they are there."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for path in self.folder.iterdir():
            if path.name != MODULES:
                paths.remove(path)
        ignore = shutil.ignore_patterns(*MADE)
        shutil.copytree(self.source, self.folder, ignore=ignore, dirs_exist_ok=True)
        self._install()

    def run(self, name, *words, node=None, **variables):
        """Run a program of the packages, or of the folder; return its exit code.

        :param name: of a program, or the path of a JavaScript file
        :param node: another Node to run it with
        """
        return subprocess.run(
            self.command(name, *words, node=node),
            cwd=self.folder,
            env=self.environment(variables),
        ).returncode

    def command(self, name, *words, node=None):
        program = Path(MODULES, ".bin", name)
        is_program = (self.folder / program).exists()
        return [node or self.node, program if is_program else name, *words]

    def environment(self, variables):
        # Programs of npm start others with the Node that they find.
        path = process.search_path(Path(self.node).parent)
        return os.environ | {"PATH": path} | variables

    def pack(self, target):
        """Make the tarball of the package in a folder; return its path."""
        log = self.folder / "pack.log"
        words = ["pack", "--ignore-scripts", "--pack-destination", target]
        self._npm(words, f"Packing {self.source.relative_to(paths.ROOT)}", log)
        return target / process.tail(log).split()[-1]

    def _install(self):
        lock = (self.folder / "package-lock.json").read_bytes()
        key = paths.digest(lock, self.node)
        modules = self.folder / MODULES
        if paths.is_current(modules, key):
            return
        title = f"Installing packages of npm ({self.source.relative_to(paths.ROOT)})"
        self._npm(["ci", "--no-audit", "--no-fund"], title, FOLDER / "npm.log")
        paths.stamp(modules, key)

    def _npm(self, words, title, log):
        command = [self.node, clients.npm(), *words]
        options = {"cwd": self.folder, "env": self.environment({})}
        process.run(command, title, log, hint=HINT, **options)


def require(package, name, *words, **options):
    """Run a program of a package; a Problem if it fails."""
    if package.run(name, *words, **options):
        raise console.Problem(f"{name} failed.")
