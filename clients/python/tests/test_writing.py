# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Writing records."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from base_api_client import (
    AsyncClient,
    BadRequest,
    Client,
    Conflict,
    F,
    NotFound,
    PreconditionFailed,
    Ref,
    ValidationFailed,
)


@pytest.fixture
def partners(client: Client, word: str) -> Iterator[None]:
    """Delete the partners with the word in their names afterwards."""
    yield
    model = client["res.partner"]
    found = model.search(F.active.in_([True, False]), name__ilike=word, limit=100)
    if found:
        model.delete([record["id"] for record in found])


pytestmark = pytest.mark.usefixtures("partners")


def test_one_record(client: Client, word: str) -> None:
    model = client["res.partner"]
    created = model.create({"name": word, "country_id": Ref(code="BE")})
    assert created.record["country_id"]["display_name"] == "Belgium"
    assert created.changes == []
    updated = model.update(created.id, {"city": "Ghent"}, if_match=created.etag)
    assert updated.record["city"] == "Ghent"
    with pytest.raises(PreconditionFailed):
        model.update(created.id, {"city": "Lyon"}, if_match=created.etag)
    with pytest.raises(PreconditionFailed):
        model.delete(created.id, if_match=created.etag)
    assert model.delete(created.id, if_match=updated.etag).ids == [created.id]
    with pytest.raises(NotFound):
        model.get(created.id)


def test_lists(client: Client, word: str) -> None:
    model = client["res.partner"]
    created = model.create([{"name": f"{word} 1"}, {"name": f"{word} 2"}])
    assert [item.status for item in created.results] == ["created", "created"]
    assert created.records[1]["name"] == f"{word} 2"
    updated = model.update(created.ids, {"city": "Ghent"}, max_affected=2)
    assert [record["city"] for record in updated.records] == ["Ghent", "Ghent"]
    with pytest.raises(Conflict) as caught:
        model.delete(created.ids, max_affected=1)
    assert caught.value.code == "MAX_AFFECTED_EXCEEDED"
    first, second = created.ids
    model.update_each([{"id": first, "ref": "a"}, {"id": second, "ref": "b"}])
    assert model.get(second, "ref")["ref"] == "b"
    assert model.delete(created.ids).ids == created.ids


def test_each_record_for_itself(client: Client, word: str) -> None:
    model = client["res.partner"]
    result = model.create([{"name": word}, {"color": "red"}], atomic=False)
    assert [item.status for item in result.results] == ["created", "failed"]
    [failed] = result.failed
    assert isinstance(failed.error, ValidationFailed)
    assert failed.error.pointer == "/1/color"
    assert len(result.ids) == 1


def test_upserts(client: Client, word: str) -> None:
    model = client["res.partner"]
    records = [{"ref": f"{word}-{number}", "name": word} for number in range(3)]
    assert model.upsert(records[:1], key="ref").created == 1
    records[0]["city"] = "Ghent"
    result = model.upsert(records, key=["ref"])
    assert [item.status for item in result.results] == ["updated", "created", "created"]
    assert (result.created, result.updated, result.unchanged) == (2, 1, 0)
    assert model.upsert(records[1], key="ref").results[0].status == "unchanged"
    trial = model.upsert({"ref": word, "name": word}, key="ref", dry_run=True)
    assert trial.dry_run
    assert trial.changes[0].before is None
    bad = [*records[:1], {"ref": word, "name": word, "color": "red"}]
    partly = model.upsert(bad, key="ref", atomic=False)
    assert [item.status for item in partly.results] == ["unchanged", "failed"]


def test_dry_runs_keep_nothing(client: Client, word: str) -> None:
    model = client["res.partner"]
    trial = model.create({"name": word}, dry_run=True)
    assert trial.dry_run
    assert trial.changes[0].after is not None
    assert trial.changes[0].after["name"] == word
    assert model.count(name=word) == 0
    changed = model.update("base.main_partner", {"ref": word}, dry_run=True)
    assert changed.changes[0].before == {
        **(changed.changes[0].before or {}),
        "ref": None,
    }
    gone = model.delete("base.main_partner", dry_run=True, atomic=False)
    assert gone.dry_run


def test_minimal_answers_and_contexts(client: Client, word: str) -> None:
    context = {"default_country_id": {"code": "BE"}, "tracking_disable": True}
    model = client["res.partner"]
    created = model.create({"name": word}, minimal=True, context=context)
    assert created.record == {"id": created.id}
    assert (
        model.get(created.id, "country_id")["country_id"]["display_name"] == "Belgium"
    )
    many = model.create([{"name": word}], minimal=True, context=context)
    model.update(many.ids, {"ref": "x"}, context={"tracking_disable": True})
    model.update_each(
        [{"id": many.ids[0], "ref": "y"}], context={"tracking_disable": True}
    )
    assert model.get(many.ids[0], "ref")["ref"] == "y"


def test_errors_point_at_the_place(client: Client) -> None:
    values = {"name": "x", "child_ids": {"create": [{"name": "y"}, {"color": "red"}]}}
    with pytest.raises(ValidationFailed) as caught:
        client["res.partner"].create(values)
    error = caught.value
    assert error.pointer == "/child_ids/create/1/color"
    assert error.details[0].code == "wrong_type"
    assert error.details[0].field == "color"
    assert str(error).startswith("422 VALIDATION_ERROR: ")


def test_methods(client: Client, word: str) -> None:
    model = client["res.partner"]
    created = model.create([{"name": word}, {"name": word}])
    model.call("action_archive", created.ids)
    assert model.count(F.id.in_(created.ids), active=False) == 2
    found = model.call("name_search", kwargs={"name": "YourCompany", "limit": 1})
    assert len(found) == 1
    with pytest.raises(NotFound) as caught:
        model.call("action_archve", created.ids)
    assert caught.value.code == "METHOD_NOT_FOUND"


def test_batches(client: Client, word: str) -> None:
    batch = client.batch()
    company = batch.create("res.partner", {"name": word})
    contact = batch.create("res.partner", {"name": word, "parent_id": company["id"]})
    batch.update("res.partner", contact["id"], {"city": "Ghent"})
    found = batch.search("res.partner", F.parent_id == company["id"], fields="city")
    read = batch.get("res.partner", company["id"], fields=["child_ids"])
    batch.call("res.partner", "action_archive", contact["id"])
    batch.upsert("res.partner", {"ref": word, "name": word}, key="ref")
    counted = batch.request("GET", "/count/res.partner")
    results = batch.run()
    assert found.result == [{"id": contact.result.id, "city": "Ghent"}]
    assert read.result["child_ids"] == [contact.result.id]
    assert counted.result["count"] > 1
    assert len(results) == 8
    assert results[0].id == company.result.id


def test_a_failed_batch_saves_nothing(client: Client, word: str) -> None:
    batch = client.batch()
    batch.create("res.partner", {"name": word})
    batch.create("res.partner", {"color": "red"})
    with pytest.raises(ValidationFailed) as caught:
        batch.run()
    assert caught.value.step is not None
    assert caught.value.step["index"] == 1
    assert caught.value.pointer == "/steps/1/body/color"
    assert client["res.partner"].count(name=word) == 0
    with pytest.raises(Exception, match="did not run"):
        _ = batch.steps[0].result


def test_keys_of_requests(client: Client, word: str) -> None:
    model = client["res.partner"]
    first = model.create({"name": word}, idempotency_key=word)
    again = model.create({"name": word}, idempotency_key=word)
    assert first.id == again.id
    with pytest.raises(ValidationFailed) as caught:
        model.create({"name": f"{word} 2"}, idempotency_key=word)
    assert caught.value.code == "IDEMPOTENCY_KEY_REUSED"


def test_references_in_paths_need_an_external_id(client: Client) -> None:
    with pytest.raises(ValueError, match="needs an id"):
        client["res.country"].get(Ref(code="BE"))
    with pytest.raises(BadRequest):
        client["res.country"].search(F.code == Ref(code="BE"))


@pytest.mark.anyio
async def test_async_writing(url: str, api_key: str, word: str) -> None:
    async with AsyncClient(url, api_key=api_key) as client:
        model = client["res.partner"]
        created = await model.create([{"name": word}, {"name": word}])
        await model.update(created.ids, {"city": "Ghent"})
        upserted = await model.upsert({"ref": word, "name": word}, key="ref")
        assert upserted.created == 1
        await model.call("action_archive", upserted.ids)
        assert await model.count(ref=word, active=False) == 1
        batch = client.batch()
        step = batch.create("res.partner", {"name": word})
        batch.delete("res.partner", [step["id"]])
        batch.create("res.partner", {"name": f"{word} 2"})
        await batch.run(dry_run=True)
        assert [change.model for change in batch.changes] == ["res.partner"]
        assert (await model.delete(created.ids)).ids == created.ids
