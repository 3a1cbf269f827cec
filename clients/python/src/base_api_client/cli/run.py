# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Runs a command, and shows failures as one line."""

import os
import sys

import typer

from base_api_client import ApiError, ClientError, ConnectionFailed

from . import console
from .app import app
from .problem import INTERRUPTED, Problem


def run() -> int:
    """Run the command line of this process; return the exit code.

    0: done. 1: it failed, or rows of a file failed. 2: the command line is wrong.
    """
    try:
        code = app(standalone_mode=False)
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except Problem as problem:
        console.fail(str(problem))
        return problem.exit_code
    except ApiError as error:
        console.fail(describe(error))
    except ConnectionFailed as error:
        console.fail(f"The server cannot be reached ({error})")
    except ClientError as error:
        console.fail(str(error))
    except typer.TyperException as error:
        return _show_usage(error)
    except (typer.Abort, KeyboardInterrupt):
        console.fail("interrupted")
        return INTERRUPTED
    except BrokenPipeError:
        # The reader, such as `head`, has enough. Python flushes stdout at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 1


def describe(error: ApiError) -> str:
    """Return the message of an error, and what to do about a credential."""
    message = f"{error.message} ({error.status} {error.code})"
    if error.status == 401:
        return f"{message}: run 'base-api login' again"
    return message


def _show_usage(error: typer.TyperException) -> int:
    message = error.format_message()
    if message:
        console.fail(f"{message.rstrip('.')} (see 'base-api --help')")
    return error.exit_code
