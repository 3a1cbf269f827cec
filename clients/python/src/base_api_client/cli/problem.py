# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A failure that the user can act on."""

# The exit code of a command that Ctrl-C ended, as in shells.
INTERRUPTED = 130


class Problem(Exception):
    """A failure that the user can act on; the command shows it as one line.

    :param exit_code: 2 for a wrong command line, as in other programs; otherwise 1
    """

    def __init__(self, message: str, exit_code: int = 1) -> None:
        super().__init__(message)
        self.exit_code = exit_code


class UsageProblem(Problem):
    """A command line that cannot be carried out."""

    def __init__(self, message: str) -> None:
        super().__init__(message, exit_code=2)
