# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Methods that end the transaction, or go around it, in real transactions."""

import time
from concurrent.futures import ThreadPoolExecutor

import backstage
import pytest
from client import Client
from server_actions import RUN, creating, new_action

COMMIT, ROLLBACK = "env.cr.commit()", "env.cr.rollback()"
SWALLOWED = "try:\n  {}\nexcept Exception:\n  pass"
ENDS = [
    COMMIT,
    ROLLBACK,
    "env.cr.close()",
    "env.cr.execute('COMMIT')",
    "env.cr.connection.commit()",
    "env.cr.execute('SELECT 1; ROLLBACK')",
    SWALLOWED.format(COMMIT),
    SWALLOWED.format(ROLLBACK),
    f"{COMMIT}\n{ROLLBACK}",
]
# What keeps something beside the transaction.
SIDE_EFFECTS = [
    "cr = env.registry.cursor()\ncr.execute({!r})\ncr.commit()\ncr.close()",
    "cr = env.registry.cursor(readonly=True)\ncr.execute({!r})\ncr.commit()",
    "env.cr.postrollback.add(lambda: env.registry.cursor().execute({!r}))",
]


def send(client, path, body, **headers):
    # Each with a connection of its own, as they are sent at the same time.
    client = Client(client.url, **client.headers)
    return client.call("POST", path, body, headers=headers)


def refusal(answer):
    return answer.status_code, answer.json()["error"]["code"]


def partners(name):
    count = "SELECT count(*) FROM res_partner WHERE name = %s"
    return backstage.query(count, name)[0][0]


@pytest.mark.parametrize("end", ENDS)
def test_a_batch_is_done_in_full_or_not_at_all(admin, unique, end):
    call = {"path": RUN, "body": new_action(admin, creating(unique, end))}
    create = {"path": "/create/res.partner", "body": {"name": unique}}
    steps = [step | {"method": "POST"} for step in (create, call, create)]
    answer = send(admin, "/batch", {"steps": steps})
    assert refusal(answer) == (400, "INVALID_STEP")
    assert answer.json()["error"]["step"]["index"] == 1
    assert partners(unique) == 0


@pytest.mark.parametrize("end", ENDS)
def test_a_dry_run_keeps_nothing(admin, unique, end):
    body = new_action(admin, creating(unique, end))
    answer = send(admin, RUN, body, Prefer="dry-run")
    assert refusal(answer) == (422, "DRY_RUN_IMPOSSIBLE")
    assert partners(unique) == 0


@pytest.mark.parametrize("code", SIDE_EFFECTS)
def test_a_dry_run_writes_nothing_beside_its_transaction(admin, unique, code):
    partner = admin.create("res.partner", name=unique)
    query = f"UPDATE res_partner SET ref = 'kept' WHERE id = {partner}"
    body = new_action(admin, code.format(query))
    answer = send(admin, RUN, body, Prefer="dry-run")
    assert refusal(answer) == (422, "DRY_RUN_IMPOSSIBLE")
    assert admin.read("res.partner", partner, "ref")["ref"] is False


def test_a_dry_run_may_read_beside_its_transaction(admin):
    code = "cr = env.registry.cursor(readonly=True)\ncr.execute('SELECT 1')\ncr.close()"
    assert send(admin, RUN, new_action(admin, code), Prefer="dry-run").ok


def test_a_dry_run_runs_no_job(admin):
    job = admin.get("/search/ir.cron", active=True, limit=1)["records"][0]["id"]
    runs = "SELECT lastcall FROM ir_cron WHERE id = %s"
    before = backstage.query(runs, job)
    path = "/call/ir.cron/method_direct_trigger"
    answer = send(admin, path, {"ids": [job]}, Prefer="dry-run")
    assert refusal(answer) == (422, "DRY_RUN_IMPOSSIBLE")
    progress = "SELECT count(*) FROM ir_cron_progress WHERE cron_id = %s"
    assert backstage.query(progress, job) == [(0,)] or not before[0][0]
    assert backstage.query(runs, job) == before


def test_a_dry_run_leaves_no_field_in_any_worker(admin, unique):
    [model] = admin.get("/search/ir.model", model="res.partner")["records"]
    name = f"x_{unique}"
    field = {"name": name, "model_id": model["id"], "ttype": "char"}
    create = {"method": "POST", "path": "/create/ir.model.fields", "body": field}
    update = {"method": "PATCH", "path": "/update/res.partner/1", "body": {name: "x"}}
    body = {"steps": [create, update]}
    assert send(admin, "/batch", body, Prefer="dry-run").ok
    for _time in range(10):
        assert admin.get("/search/res.partner", limit=1)["records"]
        path = f"/search/res.partner?fields={name}"
        admin.refuse(400, "INVALID_FIELDS", "GET", path)


@pytest.mark.parametrize(
    ("end", "count"),
    [(ROLLBACK, 0), (COMMIT, 1), (f"{COMMIT}\n{ROLLBACK}", 1), (ENDS[5], 0)],
)
def test_a_call_that_ends_the_transaction_is_made_once(admin, unique, end, count):
    body = new_action(admin, creating(unique, end))
    headers = {"Idempotency-Key": unique}
    first = send(admin, RUN, body, **headers)
    assert first.ok, first.text
    assert partners(unique) == count
    again = send(admin, RUN, body, **headers)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.content == first.content
    assert partners(unique) == count


@pytest.mark.parametrize("end", [ROLLBACK, COMMIT])
def test_of_many_calls_at_once_one_is_made(admin, unique, end):
    wait = "time.sleep(0.2)"
    after = f"{unique} after"
    code = creating(unique, wait, end, wait) + "\n" + creating(after, end, wait)
    if end == ROLLBACK:
        code += "\n" + creating(after)
    body = new_action(admin, code)

    def call(_number):
        return send(admin, RUN, body, **{"Idempotency-Key": unique})

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(call, range(6)))
    assert {answer.status_code for answer in answers} <= {200, 409}
    done = [answer for answer in answers if answer.ok]
    assert sum("Idempotency-Replayed" not in answer.headers for answer in done) <= 1
    assert len({answer.content for answer in done}) == 1
    again = call(0)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert (partners(unique), partners(after)) == (1 if end == COMMIT else 0, 1)


def test_a_repeat_waits_for_a_call_that_has_committed(admin, unique):
    code = creating(unique, COMMIT, "time.sleep(3)")
    body = new_action(admin, code)
    headers = {"Idempotency-Key": unique}
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(send, admin, RUN, body, **headers)
        deadline = time.monotonic() + 20
        while not partners(unique) and time.monotonic() < deadline:
            time.sleep(0.02)
        time.sleep(0.3)
        again = send(admin, RUN, body, **headers)
        assert first.result().ok
    if again.status_code == 409:
        assert again.json()["error"]["code"] == "CONFLICT"
        again = send(admin, RUN, body, **headers)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.content == first.result().content
    assert partners(unique) == 1
