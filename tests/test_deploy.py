# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The files in deploy/ are valid for the programs that read them."""

import configparser
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
DEPLOY = ROOT / "deploy"
sys.path.append(str(ROOT / "scripts"))

import clients  # noqa: E402
import console  # noqa: E402

MANIFESTS = sorted((DEPLOY / "kubernetes").glob("*.yaml"))
CONFIGURATIONS = ("systemd/odoo.conf", "compose/odoo.conf")
KUBERNETES = "1.31"


def program(find):
    """The program that a function finds, unless it cannot be had here."""
    try:
        return find()
    except console.Problem as problem:
        pytest.skip(str(problem))


def run(*words, **options):
    options |= {"capture_output": True, "text": True, "timeout": 60}
    done = subprocess.run([str(word) for word in words], **options)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture
def certificate(tmp_path):
    """A certificate and its key."""
    if not shutil.which("openssl"):
        pytest.skip("openssl is not installed")
    files = tmp_path / "odoo.key", tmp_path / "odoo.pem"
    words = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=odoo"]
    run("openssl", *words, "-keyout", files[0], "-out", files[1])
    return files


def haproxy_words(folder, certificate, environment):
    """The command that checks our configuration in an environment."""
    key, pem = certificate
    certificates = folder / "certificates"
    certificates.mkdir()
    (certificates / "all.pem").write_text(pem.read_text() + key.read_text())
    text = (DEPLOY / "haproxy" / "haproxy.cfg").read_text()
    # The package of Debian creates this user, which may be missing here.
    text = re.sub(r"^    (user|group) haproxy\n", "", text, flags=re.M)
    (folder / "haproxy.cfg").write_text(text)
    environment["CERTIFICATES"] = f"{certificates}/"
    return program(clients.haproxy), "-c", "-f", folder / "haproxy.cfg"


def haproxy_environment():
    lines = (DEPLOY / "haproxy" / "haproxy.env").read_text().splitlines()
    pairs = [line.split("=", 1) for line in lines if not line.startswith("#")]
    return dict(pairs)


def test_haproxy(tmp_path, certificate):
    environment = haproxy_environment()
    words = haproxy_words(tmp_path, certificate, environment)
    text = run(*words, env=environment)
    assert "WARNING" not in text, text


def test_the_checks_of_haproxy_are_what_they_say():
    """The bytes are messages of PostgreSQL with the statements of the comments."""
    text = (DEPLOY / "haproxy" / "haproxy.cfg").read_text()
    sent = re.findall(r"send-binary ([0-9a-f]+)", text)
    for message in map(bytes.fromhex, sent):
        is_startup = message[0] == 0
        length = int.from_bytes(message[0:4] if is_startup else message[1:5], "big")
        assert length == len(message) - (0 if is_startup else 1), message
    queries = {bytes.fromhex(m)[5:-1].decode() for m in sent if m.startswith("51")}
    assert "SELECT pg_is_in_recovery()" in queries
    assert len(queries) == 2
    assert f"# {min(queries, key=len)}" in text


def test_nginx(tmp_path, certificate):
    text = (DEPLOY / "nginx" / "nginx.conf").read_text()
    for name in ("/run/nginx.pid", "/var/log/nginx/", "/etc/ssl/odoo/"):
        assert name in text
        folder = tmp_path if name.endswith("/") else tmp_path / "nginx.pid"
        text = text.replace(name, f"{folder}/" if name.endswith("/") else f"{folder}")
    # Where the package is unpacked only, there are no folders for what waits.
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    folders = "".join(f"{kind}_temp_path {tmp_path}/{kind};\n" for kind in kinds)
    text = text.replace("http {\n", f"http {{\n{folders}", 1)
    (tmp_path / "nginx.conf").write_text(text)
    options = ("-p", tmp_path, "-e", tmp_path / "error.log", "-c", "nginx.conf")
    assert "test is successful" in run(program(clients.nginx), "-t", *options)


def test_what_nginx_sends_again():
    """The map of our configuration, of which nginx takes the first row that fits."""
    text = (DEPLOY / "nginx" / "nginx.conf").read_text()
    block = re.search(r"map \"\$request_method.*?\{(.*?)\}", text, re.S)[1]
    rows = re.findall(r"^\s*(~\S+|default)\s+(\w+);$", block, re.M)
    expected = {
        "GET:": "again",
        "HEAD:": "again",
        "POST:": "unsent",
        "PATCH:": "unsent",
        "PUT:": "once",
        "DELETE:": "once",
        "POST:k-1": "again",
        "DELETE:k-1": "again",
    }
    for request, sending in expected.items():
        found = next(
            value
            for pattern, value in rows
            if pattern == "default" or re.search(pattern[1:], request)
        )
        assert found == sending, request


def test_systemd(tmp_path):
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze is not installed")
    text = (DEPLOY / "systemd" / "odoo.service").read_text()
    assert "ExecStart=/usr/bin/odoo " in text
    text = text.replace("/usr/bin/odoo ", "/bin/true ")  # it has to exist
    (tmp_path / "odoo.service").write_text(text)
    words = ("verify", "--man=no", "--generators=no", tmp_path / "odoo.service")
    done = subprocess.run(
        ["systemd-analyze", *words], capture_output=True, text=True, timeout=60
    )
    # It also reads the units of the machine, which may have faults of their own.
    complaints = [line for line in done.stderr.splitlines() if "odoo.service" in line]
    assert not [line for line in complaints if "haproxy.service" not in line]


def test_the_unit_drains_the_node_that_the_addon_looks_at():
    from odoo.addons.base_api.observing.draining import FILE
    from odoo.addons.base_api.orm.node_folder import node_folder

    text = (DEPLOY / "systemd" / "odoo.service").read_text()
    conf = parse((DEPLOY / "systemd" / "odoo.conf").read_text())
    folder = Path(node_folder(conf["data_dir"]))
    assert f"touch {folder.parent}/%H/{FILE}\n" in text
    manifest = (DEPLOY / "kubernetes" / "odoo.yaml").read_text()
    assert f'"{folder.parent}/$HOSTNAME/{FILE}"' in manifest


def parse(text):
    """The options in a configuration file of Odoo."""
    parser = configparser.ConfigParser(interpolation=None)
    parser.read_string(text)
    return dict(parser["options"])


def configurations():
    found = {name: parse((DEPLOY / name).read_text()) for name in CONFIGURATIONS}
    documents = yaml.safe_load_all((DEPLOY / "kubernetes" / "odoo.yaml").read_text())
    text = next(d for d in documents if d["kind"] == "ConfigMap")["data"]["odoo.conf"]
    return found | {"kubernetes/odoo.yaml": parse(text)}


@pytest.mark.parametrize("name", [*CONFIGURATIONS, "kubernetes/odoo.yaml"])
def test_odoo_knows_the_options(name):
    from odoo.tools import config

    options = configurations()[name]
    assert set(options) <= set(config.options)
    assert options["server_wide_modules"].split(",")[-1] == "base_api"
    assert options["proxy_mode"] == "True"
    assert options["list_db"] == "False"
    assert int(options["limit_time_real"]) == 120  # the proxies wait for 150 s


def test_compose(tmp_path):
    folder = tmp_path / "compose"
    shutil.copytree(DEPLOY / "compose", folder)
    (folder / ".env.example").rename(folder / ".env")
    options = ("-f", folder / "docker-compose.yml", "config")
    found = yaml.safe_load(run(program(clients.docker_compose), *options))
    assert {"pg-1", "pg-2", "haproxy", "node-1", "node-2"} <= set(found["services"])
    environment = found["services"]["haproxy"]["environment"]
    assert set(environment) == set(haproxy_environment())
    for service in found["services"].values():
        for volume in service["volumes"]:
            source, _colon, _rest = str(volume).partition(":")
            if source.startswith(f"{folder}/") and "certificates" not in source:
                assert Path(source).exists(), source


def test_compose_needs_its_passwords(tmp_path):
    shutil.copy(DEPLOY / "compose" / "docker-compose.yml", tmp_path)
    words = [program(clients.docker_compose), "config"]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode
    assert "set it in .env" in done.stderr


@pytest.mark.parametrize("name", ["primary.sh", "postgres.sh"])
def test_scripts(name):
    run("bash", "-n", DEPLOY / "compose" / name)


@pytest.mark.parametrize("path", MANIFESTS, ids=lambda path: path.name)
def test_manifests(path, tmp_path):
    """Against the schemas of Kubernetes; there are none of CloudNativePG's Cluster."""
    documents = list(yaml.safe_load_all(path.read_text()))
    own = [d for d in documents if "cnpg.io" not in d["apiVersion"]]
    if not own:
        pytest.skip("the schema of CloudNativePG is in no package: only read as YAML")
    (tmp_path / "own.yaml").write_text(yaml.safe_dump_all(own))
    validate = program(clients.kubernetes_validate)
    run(validate, "--strict", "-k", KUBERNETES, tmp_path / "own.yaml")


def test_the_nodes_of_kubernetes_find_what_the_manifests_make():
    documents = [
        document
        for path in MANIFESTS
        for document in yaml.safe_load_all(path.read_text())
    ]
    text = json.dumps(documents)
    cluster = next(d for d in documents if d["kind"] == "Cluster")["metadata"]["name"]
    # The names that CloudNativePG gives its services and its secret.
    for name in ("rw", "ro", "app"):
        assert f'"{cluster}-{name}"' in text
    claims = {d["metadata"]["name"] for d in documents if "Claim" in d["kind"]}
    assert set(re.findall(r'"claimName": "([^"]+)"', text)) == claims
