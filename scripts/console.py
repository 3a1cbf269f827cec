# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a person reads while the commands work."""

import signal
import sys
import threading
import time

DOT_EVERY = 15  # seconds between two signs of life where the output is not a terminal
WIDTH = 78


class Problem(Exception):
    """Something the person at the keyboard has to know or do."""


_thread = threading.local()


class Step:
    """One line of progress: a title, then the seconds and a detail while it lasts."""

    def __init__(self, title):
        self.title = title
        self.terminal = sys.stdout.isatty()

    def __enter__(self):
        self.start = self.shown = time.monotonic()
        self._write(self.title if self.terminal else f"{self.title}\n")
        return self

    def __exit__(self, error, *_details):
        seconds = self.seconds()
        outcome = "failed" if error else "done"
        if self.terminal:
            self._rewrite(f"{self.title}: {outcome}, {seconds} s\n")
        elif seconds or error:
            self._write(f"  {outcome}, {seconds} s\n")

    def seconds(self):
        return round(time.monotonic() - self.start)

    def tick(self, detail=""):
        """Show that the step is alive; cheap enough to be called often."""
        text = f"{self.seconds()} s" + (f", {detail}" if detail else "")
        if self.terminal:
            self._rewrite(f"{self.title}: {text}"[:WIDTH])
        elif time.monotonic() - self.shown >= DOT_EVERY:
            self.shown = time.monotonic()
            self._write(f"  ... {text}"[:WIDTH] + "\n")

    def _rewrite(self, text):
        self._write(f"\r\033[K{text}")

    def _write(self, text):
        if not getattr(_thread, "is_quiet", False):
            sys.stdout.write(text)
            sys.stdout.flush()


class Background:
    """Runs a function in a thread without progress lines, from `start` to `result`."""

    def __init__(self, function, title):
        self.function = function
        self.title = title
        self.value = self.problem = None
        self.thread = threading.Thread(target=self._run, daemon=True)

    def start(self):
        self.thread.start()
        return self

    def result(self):
        """Wait for the function under a progress line; return what it returned."""
        self.thread.join(0.5)
        if self.thread.is_alive():
            with Step(self.title) as step:
                while self.thread.is_alive():
                    self.thread.join(0.2)
                    step.tick()
        if self.problem:
            raise self.problem
        return self.value

    def _run(self):
        _thread.is_quiet = True
        try:
            self.value = self.function()
        except Exception as problem:  # raised again by the thread that waits
            self.problem = problem


def say(text=""):
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main(command):
    """Run a command; tell problems in words and turn signals into a clean end."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, _frame: sys.exit(128 + number))
    try:
        sys.exit(command())
    except Problem as problem:
        sys.exit(f"\n{problem}")
    except KeyboardInterrupt:
        sys.exit("\nInterrupted. The same command goes on from here.")
