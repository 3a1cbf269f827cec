# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`odoo-bin apikey` as the tests run it: started as people do, or in a fork."""

import functools
import json
import re
import subprocess
import tempfile
from pathlib import Path

import backstage
from backstage import variable

PRELOADED = Path(__file__).with_name("preloaded_odoo.py")


def command(*words, database=None):
    """The command line of `odoo-bin apikey`; Odoo has to know the addons path first."""
    *program, flag, conf = backstage.odoo_words()
    where = [flag, conf, "-d", database or variable("BASE_API_DATABASE")]
    names = 2 if words[:1] == ("audit",) else 1
    return [*program, addons(), "apikey", *words[:names], *where, *words[names:]]


def addons():
    return f"--addons-path={backstage.configuration()['addons_path']}"


@functools.cache
def preloaded():
    """The process that forks, which ends with the tests."""
    python, _launcher, flag, conf = backstage.odoo_words()
    words = [addons(), flag, conf, "-d", variable("BASE_API_DATABASE")]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    process = subprocess.Popen([python, PRELOADED, *words], **pipes)
    assert process.stdout.readline() == "ready\n"
    return process


def start(*words, database=None):
    """Run it in a fork; return the ended process with what it wrote."""
    _python, _launcher, *rest = command(*words, database=database)
    process = preloaded()
    with tempfile.TemporaryDirectory() as folder:
        out, err = (Path(folder) / name for name in ("out", "err"))
        job = {"words": rest, "out": str(out), "err": str(err)}
        process.stdin.write(f"{json.dumps(job)}\n")
        process.stdin.flush()
        code = int(process.stdout.readline())
        return subprocess.CompletedProcess(rest, code, out.read_text(), err.read_text())


def run(*words):
    """Run it where it must work; return what it wrote for programs and people."""
    done = start(*words)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout


def fail(code, *words, **options):
    """Run it where it must not; return its one line about it."""
    done = start(*words, **options)
    assert done.returncode == code, done.stderr
    assert done.stdout == ""
    assert re.fullmatch(r"apikey: .+\n", done.stderr), done.stderr
    return done.stderr
