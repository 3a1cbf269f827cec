# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The docs name everything that the code has, and nothing else."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "base_api" / "docs"
REFERENCE = DOCS / "reference"
PAGES = sorted(
    [
        *ROOT.glob("*.md"),
        *DOCS.glob("**/*.md"),
        *ROOT.glob("clients/*/README.md"),
        ROOT / "deploy" / "README.md",
        ROOT / "examples" / "README.md",
    ]
)
CODE_BLOCK = re.compile(r"^( *)```(\w*)\n(.*?)^ *```$", re.M | re.S)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
ANCHOR = re.compile(r'<a id="([^"]+)">')


def page(name):
    return (REFERENCE / name).read_text()


def subclasses(cls):
    for child in cls.__subclasses__():
        yield child
        yield from subclasses(child)


def rules():
    from odoo.addons.base_api.tests.declared import declared_rules

    return list(declared_rules())


def section(text, title):
    return text.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def names_in_first_column(text):
    """The words in backticks in the first column of the tables of a text."""
    cells = re.findall(r"^\| *([^|]*?) *\|", text, re.M)
    return {word for cell in cells for word in re.findall(r"`([^`]+)`", cell)}


def test_codes():
    from odoo.addons.base_api.errors import ApiError

    codes = {
        (int(cls.code), cls.error_code)
        for cls in subclasses(ApiError)
        if cls.error_code != ApiError.error_code
    }
    rows = re.findall(
        r'^\| (\d+) \| <a id="(\w+)"></a>`(\w+)` \| .+? \| .+? \|$',
        section(page("errors.md"), "Codes"),
        re.M,
    )
    assert len(rows) == len(codes)
    assert {(int(status), code) for status, _anchor, code in rows} == codes
    assert all(anchor == code.lower() for _status, anchor, code in rows)


def test_codes_of_details():
    from odoo.addons.base_api.errors import details

    codes = {
        value
        for name, value in vars(details).items()
        if name.isupper() and isinstance(value, str)
    }
    assert names_in_first_column(section(page("errors.md"), "Details")) == codes


def test_routes():
    declared = {
        (method, re.sub(r"<\w+>", "{}", path.removeprefix("/api/v2")))
        for path, routing in rules()
        for method in routing["methods"]
    }
    documented = set()
    for methods, paths in re.findall(
        r"^\| ((?:[A-Z]+(?:, )?)+) (`/.+?)\|", page("endpoints.md"), re.M
    ):
        for path in re.findall(r"`(/[^`]*)`", paths):
            path = re.sub(r"\{\w+\}", "{}", path)
            documented |= {(method, path) for method in methods.split(", ")}
    assert documented == declared


def test_parameters():
    text = page("endpoints.md")
    for path, routing in rules():
        for parameter in routing["parameters"]:
            if not parameter.header:
                assert re.search(rf"`[^`]*\b{parameter.name}\b", text), parameter.name
        if routing["body"]:
            for name in routing["body"].schema.get("properties", ()):
                assert f"`{name}" in text, (path, name)


@pytest.mark.parametrize("direction", ["Request", "Response"])
def test_headers(direction):
    from odoo.addons.base_api.protocol import headers

    declared = getattr(headers, f"{direction.upper()}_HEADERS")
    documented = names_in_first_column(
        section(page("headers.md"), f"{direction} headers")
    )
    assert documented == {header.name for header in declared}


def test_preferences():
    from odoo.addons.base_api.protocol import preferences

    documented = names_in_first_column(section(page("headers.md"), "Preferences"))
    known = {
        f"{name}={value}" if value else name for name, value in preferences._VALUES
    }
    assert documented - {"Prefer"} == known | {"max-affected=N"}


def test_settings():
    from odoo.addons.base_api import settings
    from odoo.addons.base_api.models import res_config_settings

    source = Path(res_config_settings.__file__).read_text()
    known = set(settings.BOUNDS) | set(settings.SWITCHES)
    known |= set(re.findall(r'f"\{PREFIX\}(\w+)"', source))
    text = page("settings.md").partition("## Environment")[0]
    assert names_in_first_column(text) == known


def test_defaults_of_bounds():
    from odoo.addons.base_api.settings import BOUNDS

    documented = {}
    text = page("settings.md")
    titles = ("Audit trail", "Usage", "Bounds")
    for names, defaults in re.findall(
        r"^\| ((?:`\w+`(?:, )?)+) \| ([\d, ]+) \|",
        "".join(section(text, title) for title in titles),
        re.M,
    ):
        names = re.findall(r"\w+", names)
        defaults = defaults.split(", ") if len(names) > 1 else [defaults]
        numbers = [int(default.replace(",", "")) for default in defaults]
        documented |= dict(zip(names, numbers, strict=True))
    assert documented == BOUNDS


def test_environment_variables():
    scripts = "".join(file.read_text() for file in ROOT.glob("scripts/*.py"))
    read = set(re.findall(r'environ(?:\.get\(|\[)"([A-Z_]+)"', scripts))
    makefile = (ROOT / "Makefile").read_text()
    read |= set(re.findall(r"^([A-Z]+) \?=", makefile, re.M))
    documented = names_in_first_column(
        section(page("settings.md"), "Environment variables")
    )
    own = {name for name in read if not name.startswith(("BASE_API_", "PG", "UV_"))}
    assert own <= documented
    assert documented <= own | {name for name in read if name.startswith("PG")} | {
        "PGHOST",
        "PGPORT",
        "PGUSER",
        "PGPASSWORD",
    }


def test_command_line():
    import odoo.addons.base_api.cli as cli

    text = page("command-line.md")
    files = sorted(Path(cli.__file__).parent.glob("*.py"))
    source = "".join(file.read_text() for file in files)
    options = set(re.findall(r'add_argument\(\s*(?:"-\w", )?"(--[a-z-]+)"', source))
    assert options
    for option in options:
        assert option in text, option
    for option in set(re.findall(r"`(--[a-z-]+)`", text)):
        assert option in options, option


def test_checks_of_the_doctor():
    from odoo.addons.base_api.doctoring.diagnosis import CHECKS

    text = (DOCS / "how-to" / "doctor.md").read_text()
    rows = re.findall(r'^\| <a id="(\w+)"></a>`(\w+)` \| .+? \| .+? \|$', text, re.M)
    assert rows == [(name, name) for name in CHECKS]


def test_changelog():
    """The newest version is that of the manifest; each has a date, the newest first."""
    manifest = ast.literal_eval((ROOT / "base_api" / "__manifest__.py").read_text())
    titles = re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text(), re.M)
    assert titles[0] == "Unreleased"
    versions = [
        re.fullmatch(r"(19\.0[\d.]+) \((\d{4}-\d\d-\d\d)\)", t) for t in titles[1:]
    ]
    assert all(versions)
    assert versions[0][1] == manifest["version"]
    keys = [tuple(map(int, version[1].split("."))) for version in versions]
    assert keys == sorted(keys, reverse=True)
    dates = [version[2] for version in versions]
    assert dates == sorted(dates, reverse=True)


def anchors(path):
    """The anchors of a page: its headings as GitHub names them, and its own."""
    text = CODE_BLOCK.sub("", path.read_text())
    titles = re.findall(r"^#+ (.+)$", text, re.M)
    slugs = [re.sub(r"[^\w\- ]", "", title.lower()) for title in titles]
    return {slug.replace(" ", "-") for slug in slugs} | set(ANCHOR.findall(text))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links(path):
    for link in LINK.findall(CODE_BLOCK.sub("", path.read_text())):
        if link.startswith(("https://", "http://")):
            continue
        name, _, anchor = link.partition("#")
        target = (path.parent / name).resolve() if name else path
        assert target.exists(), link
        if anchor:
            assert anchor in anchors(target), link


def test_every_page_can_be_reached():
    """From the README, by links."""
    found, waiting = set(), [ROOT / "README.md"]
    while waiting:
        path = waiting.pop()
        if path in found or path.suffix != ".md" or not path.exists():
            continue
        found.add(path)
        names = [link.partition("#")[0] for link in LINK.findall(path.read_text())]
        waiting += [(path.parent / name).resolve() for name in names if name]
    docs = set(DOCS.glob("**/*.md"))
    assert docs <= found
