# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The runs of schemathesis in `make fuzz`, and what each of them may know."""

import dataclasses
import json

import api
import fuzz_account as account

SCHEMES = {"api-key": "apiKey", "session-token": "sessionToken"}


@dataclasses.dataclass
class Run:
    """One run of schemathesis.

    :param credential: the header to send, `{name: text}`
    :param document: the path of the OpenAPI document
    :param login: of the user, for new sessions
    :param own: variables of paths that would end the credential, with their values
    :param decoys: what is sent instead
    :param words: values that exist, by the name of a variable in paths
    """

    name: str
    credential: dict
    document: str
    login: str
    own: dict
    decoys: dict
    words: dict

    def settings(self):
        """Return what is added to `scripts/schemathesis.toml`."""
        [(header, text)] = self.credential.items()
        # A text in TOML is written as in JSON.
        return f"\n[auth.openapi.{SCHEMES[header]}]\napi_key = {json.dumps(text)}\n"

    def known(self):
        """Return what the hooks have to know."""
        names = ("credential", "login", "own", "decoys", "words")
        return {name: getattr(self, name) for name in names}


def extent(quick):
    """Return the options of schemathesis that decide how much it tries."""
    if quick:
        return ["--phases", "examples,fuzzing", "--max-examples", "1"]
    phases = "examples,coverage,fuzzing,stateful"
    return ["--phases", phases, "--max-examples", "6"]


def of_models(admin, records):
    """Return what exists of each model: ids to use, ids to delete, methods."""
    return {
        model: {
            "record_id": ids[: account.RECORDS],
            "doomed": ids[account.RECORDS :],
            "method_name": account.method_names(admin, model),
        }
        for model, ids in records.items()
    }


def with_key(admin):
    """A key of an administrator, limited to some models, which have schemas."""
    login = "fuzz_key"
    user_id = account.make_user(admin, login, account.ADMINISTRATOR)
    credential = account.make_key(admin, user_id, 2, account.KEY_MODELS)
    words = words_of_victim(admin)
    return Run(
        name="key",
        credential=credential,
        document=f"/openapi.json?models={','.join(account.MODELS)}",
        login=login,
        own={"user_id": user_id},
        decoys={"user_id": str(words["user_id"][0])},
        words=words,
    )


def with_session(admin):
    """A session of a salesperson, whom rights limit: any model in the path."""
    login = "fuzz_session"
    user_id = account.make_user(admin, login, account.SALES)
    credential = api.log_in(admin.url, login, account.PASSWORD)
    [own] = account.session_ids(admin, user_id)
    words = words_of(admin, login, user_id)
    words["session_id"].remove(own)
    decoy = str(words["session_id"][0])
    return Run(
        name="session",
        credential=credential,
        document="/openapi.json",
        login=login,
        own={"session_id": own},
        decoys={"session_id": decoy},
        words=words,
    )


def words_of_victim(admin):
    """Return the words about a user whom an administrator may change."""
    user_id = account.make_user(admin, "victim", account.SALES)
    return words_of(admin, "victim", user_id)


def words_of(admin, login, user_id):
    """Return values of the variables in paths, with keys and sessions of a user."""
    for _number in range(4):
        api.log_in(admin.url, login, account.PASSWORD)
    for _number in range(account.RECORDS):
        account.make_key(admin, user_id, 1, {"res.partner": ["read"]})
    return {
        "user_id": [user_id],
        "key_id": account.key_ids(admin, user_id),
        "session_id": account.session_ids(admin, user_id),
        "field_name": ["image_128", "avatar_128"],
        "report_name": ["sale.report_saleorder"],
    }
