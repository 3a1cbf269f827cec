# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Running other programs so that they are seen, logged and never left behind."""

import contextlib
import ctypes
import os
import signal
import subprocess
import time
from pathlib import Path

import console

LIBC = ctypes.CDLL(None)
PR_SET_PDEATHSIG = 1


def die_with_parent(number=signal.SIGKILL):
    """Called in a child: it ends when this command ends, however that happens."""
    LIBC.prctl(PR_SET_PDEATHSIG, number)


def run(command, title, log, detail=None, hint="", **options):
    """Run a program to its end under a progress line; a Problem if it fails."""
    log.parent.mkdir(exist_ok=True)
    with console.Step(title) as step, open(log, "wb") as output:
        child = start(command, stdout=output, preexec_fn=die_with_parent, **options)
        while wait(child, 0.2) is None:
            step.tick(detail() if detail else "")
        if child.returncode:
            raise console.Problem(f"{failure(title, log)}\n{hint}".rstrip())


def start(command, stdout, **options):
    return subprocess.Popen(
        [str(word) for word in command],
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.STDOUT,
        **options,
    )


def wait(child, seconds):
    try:
        return child.wait(seconds)
    except subprocess.TimeoutExpired:
        return None


def search_path(folder):
    """The PATH with a folder in front, for programs that start others."""
    return os.pathsep.join([str(folder), *os.get_exec_path()])


def failure(title, log, lines=25):
    end = "\n".join(tail(log).splitlines()[-lines:])
    return f"{title} failed. The end of {log}:\n\n{end}"


def tail(path, size=16384):
    """The last part of a file that may still be growing, or may not be there yet."""
    try:
        with open(path, "rb") as file:
            file.seek(max(0, os.fstat(file.fileno()).st_size - size))
            return file.read().decode(errors="replace")
    except OSError:
        return ""


def arguments(pid):
    """The command line of a running process; empty when there is none."""
    try:
        line = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return []
    return [os.fsdecode(word) for word in line.split(b"\0") if word]


def is_zombie(pid):
    """Whether a process has ended and its number is still in use."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] == "Z"


def works_in(pid, folder):
    """Whether this is a process, ours to look at, with that working directory."""
    try:
        return os.readlink(f"/proc/{pid}/cwd") == str(folder)
    except OSError:
        return False


def any_works_in(folder):
    return any(works_in(path.name, folder) for path in Path("/proc").glob("[0-9]*"))


def read_pid(file):
    """The process id in the first line of a file, or None."""
    try:
        return int(file.read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return None


def end_leftovers(path):
    """End what a killed command left running, with this path of ours as argument."""
    for entry in Path("/proc").glob("[0-9]*"):
        if str(path) in arguments(entry.name):
            with contextlib.suppress(OSError):
                os.kill(int(entry.name), signal.SIGKILL)


def stop(pid, belongs, seconds=20):
    """End a process politely, then firmly, as long as it is still the one meant."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        deadline = time.monotonic() + seconds
        if belongs(pid):
            os.kill(pid, number)
        while belongs(pid) and time.monotonic() < deadline:
            time.sleep(0.1)
