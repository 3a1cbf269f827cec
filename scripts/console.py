# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a person reads while the commands work."""

import signal
import sys
import time

DOT_EVERY = 15  # seconds between two signs of life where the output is not a terminal
WIDTH = 78


class Problem(Exception):
    """Something the person at the keyboard has to know or do."""


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
        sys.stdout.write(text)
        sys.stdout.flush()


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
