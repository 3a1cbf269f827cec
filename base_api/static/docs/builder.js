// Copyright 2026 base_api contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
/** The form that a request is put together with, its program, and its answer. */
import { answerView } from "./answer_view.js";
import { firstBody } from "./body.js";
import { bodyEditor } from "./body_editor.js";
import { code, copyButton } from "./code.js";
import { call, credentialHeaders, signedIn } from "./credential.js";
import { button, el, fill } from "./dom.js";
import { parameterForm } from "./parameter_form.js";
import { composed, newRequest } from "./request.js";
import { ROOT } from "./server.js";
import { openSignIn } from "./sign_in.js";
import { SNIPPETS, snippet } from "./snippets.js";
import { failed, loading } from "./states.js";
import { tabs } from "./tabs.js";
import { t } from "./texts.js";

let language = 0; // of the program, which stays that of the last request

/**
 * @param {Object} operation see `operations.js`
 * @param {string} model whose fields are suggested; empty where the path has another
 */
export function builder(operation, model) {
  const state = newRequest(operation, model);
  const preview = el("div", "preview");
  const sending = el("div", "sending");
  const answer = el("div", { class: "answer", "aria-live": "polite" });
  let isSending = false;
  const editor = operation.body ? bodyEditor(state, update) : null;

  function update() {
    fill(preview, programs(state));
    fill(sending, sendForm(state, update, send));
  }

  async function send() {
    if (isSending) {
      return; // a double click is one request
    }
    isSending = true;
    fill(answer, loading(3));
    try {
      fill(answer, answerView(await call(composed(state))));
      answer.scrollIntoView({ block: "nearest" });
    } catch (error) {
      fill(answer, failed(error));
    }
    // What was said of one request does not hold for the next one.
    state.dryRun = operation.canTry;
    state.isMeant = false;
    isSending = false;
    update();
  }

  if (editor) {
    firstBody(operation, model)
      .catch(() => "{}")
      .then((text) => editor.set(text));
  }
  update();
  return el(
    "section",
    { class: "builder", "aria-label": t("request") },
    el("div", "form", parameterForm(state, update), editor?.element, sending),
    el("div", "result", preview, answer),
  );
}

/** Choose whether a write is tried or meant, and send it. */
function sendForm(state, update, send) {
  const { operation } = state;
  const problem = problemOf(state);
  const choose = (name) => (event) => {
    state[name] = event.target.checked;
    update();
  };
  const isHeldBack = operation.isWrite && !operation.canTry && !state.isMeant;
  const isReal = operation.isWrite && !state.dryRun;
  return [
    operation.canTry ? check(t("dry_run"), state.dryRun, choose("dryRun")) : null,
    operation.isWrite && !operation.canTry
      ? check(t("cannot_be_tried"), state.isMeant, choose("isMeant"))
      : null,
    operation.isWrite ? el("p", "note warning", isReal && !isHeldBack ? t("will_write") : "") : null,
    el("p", "note", problem ?? ""),
    signedIn()
      ? button(isReal ? t("send_for_real") : state.dryRun ? t("try_write") : t("send"), send, {
          class: isReal ? "danger" : "primary",
          disabled: Boolean(problem) || isHeldBack,
        })
      : button(t("sign_in_to_send"), openSignIn, { class: "primary" }),
  ];
}

function check(text, checked, change) {
  return el("label", "check", el("input", { type: "checkbox", checked, change }), el("span", {}, text));
}

/** Return what keeps a request from being sent, or null. */
function problemOf(state) {
  const { missing, body } = composed(state);
  if (missing.length) {
    return t("missing", { names: missing.join(", ") });
  }
  try {
    JSON.parse(body ?? "null");
  } catch (error) {
    return t("not_json", { reason: error.message });
  }
  return null;
}

function programs(state) {
  const request = composed(state);
  const url = location.origin + ROOT + request.path + request.query;
  const [header] = [...Object.keys(credentialHeaders()), "api-key"];
  const pages = Object.keys(SNIPPETS).map((name) => [name, () => program(name, request, url, header)]);
  return tabs(t("program"), pages, language, (index) => (language = index));
}

function program(name, request, url, header) {
  let text;
  try {
    text = snippet(name, request, url, header);
  } catch {
    text = t("no_program"); // the body is not JSON
  }
  return el(
    "div",
    "with-copy",
    copyButton(() => text),
    code(text),
  );
}
