# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who calls the API in these tests."""

import itertools
import random
import uuid
from dataclasses import dataclass

import pytest
from backstage import variable
from browser import chromium, log_in, photograph  # noqa: F401 (fixtures)
from client import Client
from clusters import site  # noqa: F401 (fixture)
from crowds import crowd  # noqa: F401 (fixture)
from docs_page import open_docs  # noqa: F401 (fixture)
from fault_report import state  # noqa: F401 (fixture)
from installation import installation, own_postgres  # noqa: F401 (fixtures)
from replicated import replicated  # noqa: F401 (fixture)
from sales import Sales

USER_GROUP = 1  # "Role / User"


@pytest.fixture(scope="session")
def url():
    return variable("BASE_API_URL")


@pytest.fixture(scope="session")
def anyone(url):
    """A caller without any credential."""
    return Client(url)


@pytest.fixture(scope="session")
def admin_session(anyone):
    """The administrator, user 2, with a session token."""
    return anyone.log_in("admin", "admin")


@pytest.fixture(scope="session")
def admin(url, admin_session):
    """The administrator, user 2, with an API key."""
    return Client(url, api_key=admin_session.post("/users/2/api-key")["api_key"])


@pytest.fixture(scope="session")
def demo_session(anyone):
    """An employee who sells, with a session token."""
    return anyone.log_in("demo", "demo")


@pytest.fixture(scope="session")
def demo_id(demo_session):
    return demo_session.get("/auth/me")["user"]["id"]


@pytest.fixture(scope="session")
def demo(url, demo_session, demo_id):
    """An employee who sells, with an API key."""
    key = demo_session.post(f"/users/{demo_id}/api-key")["api_key"]
    return Client(url, api_key=key)


@pytest.fixture(scope="session")
def portal(anyone):
    """A customer with access to their own documents, with a session token."""
    return anyone.log_in("portal", "portal")


@pytest.fixture(scope="session")
def new_address():
    """Give an address of this machine that nobody has called from."""
    network = f"127.{random.randint(1, 254)}.{random.randint(0, 254)}"
    numbers = itertools.count(1)
    return lambda: f"{network}.{next(numbers)}"


@pytest.fixture
def stranger(url, new_address):
    """A caller whose failed logins hold up nobody else."""
    return Client(url, source=new_address())


@pytest.fixture
def unique():
    """A word that no other test uses."""
    return f"t{uuid.uuid4().hex[:12]}"


@dataclass
class User:
    """A user made for one test."""

    id: int
    login: str
    password: str
    anyone: Client

    def log_in(self):
        return self.anyone.log_in(self.login, self.password)

    def with_key(self):
        key = self.log_in().post(f"/users/{self.id}/api-key")["api_key"]
        return Client(self.anyone.url, api_key=key)


@pytest.fixture
def new_user(admin, anyone):
    """Make an employee with no rights but those of every employee."""

    def make(**values):
        login = f"u{uuid.uuid4().hex[:12]}"
        password = f"Password of {login}"
        values = {"group_ids": [[6, 0, [USER_GROUP]]]} | values
        values |= {"name": f"User {login}", "login": login, "password": password}
        return User(admin.create("res.users", values), login, password, anyone)

    return make


@pytest.fixture
def key_for(admin, url):
    """Return the administrator with a key that is restricted."""

    def make(**options):
        key = admin.post("/users/2/api-key", options)["api_key"]
        return Client(url, api_key=key)

    return make


@pytest.fixture
def impatient(admin):
    """Let Odoo lose its patience after two failed logins, instead of ten."""
    model, key = "ir.config_parameter", "base.login_cooldown_after"
    [parameter] = admin.get(f"/search/{model}", key=key, fields="value")["records"]
    path = f"/update/{model}/{parameter['id']}"
    admin.put(path, {"value": "2"})
    yield
    admin.put(path, {"value": parameter["value"]})


@pytest.fixture(scope="module")
def sales(admin):
    """Three orders of two new customers, and a word that all of it shares."""
    return Sales(admin)
