# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Keys and sessions in Odoo's web client, as people click them."""

import re
import time

import backstage
from client import Client
from playwright.sync_api import expect

REQUESTS = 8  # so that each worker of the server gets some


def open_tab(page, address):
    page.goto(address)
    page.get_by_role("tab", name="API Access").click()
    expect(page.get_by_role("button", name="Generate API Key")).to_be_visible()


def open_preferences(page):
    page.goto("/odoo")
    # The first page would replace what is opened before it has come.
    page.locator(".o_action_manager > *").first.wait_for()
    page.click(".o_user_menu button")
    page.get_by_text("My Preferences").click()
    page.get_by_role("tab", name="API Access").click()


def confirm_identity(page, password):
    """Answer Odoo's question for the password."""
    dialog = page.get_by_role("dialog").filter(has_text="Access Control")
    dialog.locator("input[type=password]").fill(password)
    dialog.get_by_role("button", name="Confirm Password").click()


def confirm(page, label):
    """Answer the question whether to do what cannot be undone."""
    question = re.compile("cannot be undone|has to log in again")
    dialog = page.get_by_role("dialog").filter(has_text=question)
    dialog.get_by_role("button", name=label).click()


def read_key(page):
    """Return the key that a dialog shows, and close it."""
    dialog = page.get_by_role("dialog").filter(has_text="API Key Ready")
    key = dialog.locator("[name=key]").inner_text().split()[0]
    dialog.get_by_role("button", name="Done").click()
    expect(dialog).to_have_count(0)
    return key


def row(page, text):
    return page.locator(".tab-pane.active tr.o_data_row").filter(has_text=text)


def statuses(url, **credential):
    """Call the API often enough to reach each worker of the server."""
    # A new connection for each request: a worker keeps the one that it has.
    calls = (Client(url, **credential).call("GET", "/auth/me") for _ in range(REQUESTS))
    return {answer.status_code for answer in calls}


def wait_for_last_use(user_id):
    """Wait until the use of a key is stored, as processes do every 10 seconds."""
    query = "SELECT last_use_date FROM res_users_apikeys WHERE user_id = %s"
    deadline = time.monotonic() + 60
    while backstage.query(query, user_id) == [(None,)]:
        assert time.monotonic() < deadline, "The use is not stored"
        time.sleep(0.2)


def generate_key(page, name, password):
    """Open the dialog for a new key and give it a name."""
    page.get_by_role("button", name="Generate API Key").click()
    confirm_identity(page, password)
    dialog = page.get_by_role("dialog").filter(has_text="Restrictions")
    dialog.locator("[name=name] input").fill(name)
    return dialog


def test_administrator_generates_and_revokes_a_key(
    log_in, url, new_user, unique, photograph
):
    user = new_user()
    page = log_in("admin")
    open_tab(page, f"/odoo/users/{user.id}")
    expect(page.get_by_text("No API keys yet.")).to_be_visible()
    photograph(page, "user_without_keys")

    page.get_by_role("button", name="Generate API Key").click()
    page.get_by_role("dialog").filter(has_text="Access Control").wait_for()
    photograph(page, "password_prompt")
    page.keyboard.press("Escape")
    dialog = generate_key(page, unique, "admin")
    dialog.get_by_label("Read-only").check()
    dialog.locator("[name=networks] textarea").fill("127.0.0.0/8")
    dialog.get_by_role("button", name="Add a line").click()
    dialog.locator("[name=model] input").click()
    page.keyboard.type("res.partner)")
    photograph(page, "new_key_choosing_a_model")
    page.locator(".o_select_menu_item", has_text="(res.partner)").click()
    photograph(page, "new_key")
    dialog.get_by_role("button", name="Generate Key").click()
    page.get_by_role("dialog").filter(has_text="API Key Ready").wait_for()
    photograph(page, "key_shown_once")
    key = read_key(page)
    assert len(key) == 48

    line = row(page, unique)
    expect(line).to_contain_text(key[:8])
    expect(line).to_contain_text("read-only; res.partner: read; 127.0.0.0/8")
    assert key not in page.content()
    assert statuses(url, api_key=key) == {200}
    wait_for_last_use(user.id)
    open_tab(page, f"/odoo/users/{user.id}")
    expect(line).to_contain_text("127.0.0.1")
    photograph(page, "user_with_a_key")

    line.get_by_role("button", name="Revoke").click()
    photograph(page, "revoke_confirmation")
    confirm(page, "Revoke")
    expect(line).to_have_count(0)
    assert statuses(url, api_key=key) == {401}


def test_a_preset_fills_in_the_restrictions(log_in, url, new_user, unique, photograph):
    user = new_user()
    page = log_in("admin")
    open_tab(page, f"/odoo/users/{user.id}")
    dialog = generate_key(page, unique, "admin")
    dialog.locator("[name=preset] input").click()
    page.locator(".o_select_menu_item", has_text="Contacts").click()
    lines = dialog.locator("[name=model_ids] .o_data_row")
    expect(lines).to_have_count(5)
    photograph(page, "new_key_from_a_preset")
    dialog.get_by_role("button", name="Generate Key").click()
    page.get_by_role("dialog").filter(has_text="API Key Ready").wait_for()
    key = read_key(page)
    expect(row(page, unique)).to_contain_text("res.partner: read, create, update")
    client = Client(url, api_key=key)
    assert client.get("/search/res.partner", limit=1)["count"] == 1
    client.refuse(403, "KEY_RESTRICTED", "GET", "/search/crm.lead")


def test_dialog_says_what_an_administrative_line_allows(
    log_in, new_user, unique, photograph
):
    page = log_in("admin")
    open_tab(page, f"/odoo/users/{new_user().id}")
    dialog = generate_key(page, unique, "admin")
    warning = dialog.get_by_text("This key can administer the database.")
    expect(warning).to_have_count(0)
    dialog.get_by_role("button", name="Add a line").click()
    dialog.locator("[name=model] input").click()
    page.keyboard.type("ir.config_parameter)")
    choice = page.locator(".o_select_menu_item").first
    expect(choice).to_contain_text("(ir.config_parameter)")
    choice.click()
    expect(warning).to_be_visible()
    expect(dialog).to_contain_text("read passwords and secrets")
    photograph(page, "new_key_that_administers")
    dialog.get_by_role("button", name="Generate Key").click()
    read_key(page)
    photograph(page, "user_with_a_key_that_administers")
    expect(row(page, unique).locator("[name=is_administrative] input")).to_be_checked()


def test_copy_button_copies_the_key(log_in, new_user, unique):
    user = new_user()
    page = log_in("admin")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_tab(page, f"/odoo/users/{user.id}")
    dialog = generate_key(page, unique, "admin")
    dialog.get_by_role("button", name="Generate Key").click()
    page.locator(".o_clipboard_button").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == read_key(page)


def test_administrator_rolls_a_key(log_in, url, new_user, unique, photograph):
    user = new_user()
    page = log_in("admin")
    open_tab(page, f"/odoo/users/{user.id}")
    dialog = generate_key(page, unique, "admin")
    dialog.get_by_role("button", name="Generate Key").click()
    old = read_key(page)

    row(page, unique).get_by_role("button", name="Roll").click()
    dialog = page.get_by_role("dialog").filter(has_text="Overlap")
    dialog.locator("[name=overlap_days] input").fill("0")
    photograph(page, "roll")
    dialog.get_by_role("button", name="Roll Key").click()
    new = read_key(page)
    expect(row(page, new[:8])).to_be_visible()
    expect(row(page, unique)).to_have_count(1)
    assert statuses(url, api_key=old) == {401}
    assert statuses(url, api_key=new) == {200}


def test_administrator_ends_sessions(log_in, url, new_user, photograph):
    user = new_user()
    sessions = [user.log_in() for _ in range(3)]
    page = log_in("admin")
    open_tab(page, f"/odoo/users/{user.id}")
    lines = row(page, "python-requests")
    expect(lines).to_have_count(3)
    photograph(page, "user_with_sessions")

    lines.first.get_by_role("button", name="End").click()
    photograph(page, "end_confirmation")
    confirm(page, "End")
    expect(lines).to_have_count(2)
    ended = [statuses(url, **session.headers) for session in sessions]
    assert sorted(map(min, ended)) == [200, 200, 401]

    page.get_by_role("button", name="End All").click()
    confirm(page, "End All")
    expect(page.get_by_text("No sessions right now.")).to_be_visible()
    for session in sessions:
        assert statuses(url, **session.headers) == {401}


def test_employee_finds_the_tab_in_my_preferences(
    log_in, url, demo_session, unique, photograph
):
    page = log_in("demo")
    open_preferences(page)
    expect(row(page, "python-requests").first).to_be_visible()
    dialog = generate_key(page, unique, "demo")
    dialog.get_by_role("button", name="Generate Key").click()
    key = read_key(page)
    open_preferences(page)  # Odoo shows one dialog at a time
    expect(row(page, unique)).to_contain_text(key[:8])
    expect(row(page, unique).get_by_role("button", name="Revoke")).to_be_in_viewport()
    photograph(page, "my_preferences")
    assert statuses(url, api_key=key) == {200}
    row(page, unique).get_by_role("button", name="Revoke").click()
    confirm(page, "Revoke")
    expect(row(page, unique)).to_have_count(0)
    assert statuses(url, api_key=key) == {401}


def test_administrator_finds_keys_and_sessions_of_all_users(
    log_in, demo, demo_session, photograph
):
    page = log_in("admin")
    for address, title in (
        ("base_api.res_users_apikeys_action", "API Keys"),
        ("base_api.api_session_action", "API Sessions"),
    ):
        page.goto(f"/odoo/action-{address}?debug=1")
        lines = page.locator("tr.o_data_row")
        expect(lines.filter(has_text="Marc Demo").first).to_be_visible()
        photograph(page, title.lower().replace(" ", "_"))
