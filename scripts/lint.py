# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`make lint`: every check, each to its end; with names, only these."""

import subprocess
import sys

import console
import paths

ADDON = paths.ADDON.name


def checks():
    """The checks by name: a program of the environment and its arguments."""
    translations = [str(file) for file in paths.ADDON.glob("i18n/*.po*")]
    return {
        "ruff": ["ruff", "check", "."],
        "format": ["ruff", "format", "--check", "."],
        "private names": ["python", "scripts/private_names.py"],
        "layers": ["python", "scripts/layers.py"],
        "types": ["mypy"],
        "readme": ["python", "scripts/readme.py", "--check"],
        "pylint": ["pylint", "--rcfile=.pylintrc-mandatory", ADDON],
        "addon": ["oca-checks-odoo-module", ADDON],
        "translations": ["oca-checks-po", *translations] if translations else [],
    }


def main():
    wanted = sys.argv[1:] or list(checks())
    failed = [name for name in wanted if not succeeds(name, checks()[name])]
    if failed:
        raise console.Problem(f"Failed: {', '.join(failed)}")


def succeeds(name, words):
    if not words:
        return True
    console.say(f"{name}: {' '.join(words)}")
    program = paths.LINT / "bin" / words[0]
    return not subprocess.run([program, *words[1:]], cwd=paths.ROOT).returncode


if __name__ == "__main__":
    console.main(main)
