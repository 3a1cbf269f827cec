# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Mistakes of users: one line that says what is wrong."""

import socket
from pathlib import Path

import pytest
from cli.runs import Run

CSV = "ref,nme\n1,a\n"
SEARCH = ("search", "res.partner")
CREATE = ("create", "res.partner")
UPSERT = ("upsert", "res.partner")
REF = ("--key", "ref")
EMAIL = ("--key", "email", "--ignore", "nme")


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["nope"], 2, "No such command 'nope'"),
        (["search"], 2, "Missing argument 'MODEL'"),
        ([*SEARCH, "--nope"], 2, "No such option"),
        ([*SEARCH, "-l", "x"], 2, "--limit"),
        ([*SEARCH, "name"], 2, "'name' is not a filter such as"),
        ([*SEARCH, "--domain", "["], 2, "--domain is not valid JSON"),
        ([*SEARCH, "nme=a"], 1, "did you mean 'name'?"),
        (["search", "res.partnr"], 1, "did you mean 'res.partner'?"),
        (["get", "res.partner", "999999999"], 1, "404 RECORD_NOT_FOUND"),
        (["fields", "res.partnr"], 1, "404 MODEL_NOT_FOUND"),
        ([*CREATE], 2, "Give values such as name=Azure"),
        ([*CREATE, "nme=a"], 2, "did you mean 'name'?"),
        ([*CREATE, "color=a"], 2, "color: expected a whole number"),
        ([*CREATE, "id=1"], 2, "'id' of res.partner cannot be written"),
        ([*CREATE, "name.x=1"], 2, "is not a many2one or many2many"),
        ([*CREATE, "--json", "[1]"], 2, "--json is not an object"),
        ([*CREATE, "a=1", "--file", "p.csv"], 2, "cannot be used together"),
        (["update", "res.partner", "name=a"], 2, "Name the record by its id"),
        (["update", "res.partner", "--file", "p.csv"], 2, "no column 'id' or"),
        ([*UPSERT, "no.csv", *REF], 2, "no.csv does not exist"),
        ([*UPSERT, ".", *REF], 2, "is not a file"),
        ([*UPSERT, "p.csv", *REF], 2, "did you mean 'name'?"),
        ([*UPSERT, "p.csv", *EMAIL], 2, "has no column 'email'"),
        ([*UPSERT, "p.csv", *REF, "--ignore", "x"], 2, "no column 'x'"),
        ([*UPSERT, "empty.csv", *REF], 2, "empty.csv has no rows"),
        ([*UPSERT, "latin.csv", *REF], 2, "is not utf-8"),
        (["export", "res.partner", "--to", "p.txt"], 2, "p.txt must end in .csv"),
        (["export", "res.partner", "--to", "p.parquet"], 2, "Parquet needs --fields"),
        (
            ["export", "res.partner", "--to", "no/p.csv"],
            1,
            "no/p.csv cannot be written",
        ),
        (["export", "res.partner", "a=1", "a=2"], 2, "A filter is given twice"),
        (["types", "res.partnr"], 1, "res.partnr"),
        (["call", "res.partner", "no_such_method"], 1, "404 METHOD_NOT_FOUND"),
        (["call", "res.partner", "name_search", "x"], 2, "'x' is not an id"),
        (["report", "no.such_report", "1"], 1, "404"),
        (["--company", "x", "models"], 2, "'x' is not an id of a company"),
    ],
)
def test_mistakes(
    run: Run, tmp_path: Path, words: list[str], code: int, message: str
) -> None:
    (tmp_path / "p.csv").write_text(CSV)
    (tmp_path / "empty.csv").write_text("ref,name\n")
    (tmp_path / "latin.csv").write_bytes(b"ref,name\n1,\xe9\n")
    done = run(*words)
    assert message in done.stderr
    assert done.returncode == code
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1


def test_a_dead_server(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}"
    monkeypatch.setenv("BASE_API_URL", address)
    done = run("models")
    assert done.returncode == 1
    assert done.stderr.startswith("error: The server cannot be reached")
    assert len(done.stderr.splitlines()) == 1


def test_no_credential(run_signed_out: Run, home: dict[str, str], url: str) -> None:
    home["BASE_API_URL"] = url
    done = run_signed_out("models")
    assert done.returncode == 2
    assert "neither BASE_API_KEY nor BASE_API_USERNAME" in done.stderr


def test_help(run: Run) -> None:
    done = run("--help")
    assert done.returncode == 0
    for name in ("login", "search", "get", "create", "update", "upsert", "export"):
        assert f" {name} " in done.stdout
    assert "\x1b" not in done.stdout
    version = run("--version").stdout
    assert version.startswith("base-api ")
