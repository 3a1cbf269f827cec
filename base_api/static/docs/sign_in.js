// Copyright 2026 base_api contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
/** The panel to sign in with, in a dialog. */
import { canUseWebSession, signInWithKey, signInWithPassword, signInWithWebSession } from "./credential.js";
import { button, el, fill, labelled } from "./dom.js";
import { failed, loading } from "./states.js";
import { tabs } from "./tabs.js";
import { t } from "./texts.js";

const dialog = el("dialog", { "aria-labelledby": "sign-in-title" });

export function openSignIn() {
  const outcome = el("div", "outcome");
  const pages = [
    [t("odoo_session"), () => webForm(outcome)],
    [t("api_key"), () => keyForm(outcome)],
    [t("password"), () => passwordForm(outcome)],
  ];
  fill(
    dialog,
    el("h2", { id: "sign-in-title" }, t("sign_in")),
    tabs(t("sign_in"), pages, canUseWebSession ? 0 : 1, () => fill(outcome)),
    outcome,
    el("p", "note", t("only_in_memory")),
    el(
      "div",
      "buttons",
      button(t("close"), () => dialog.close()),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
}

function webForm(outcome) {
  const text = canUseWebSession ? t("odoo_session_help") : t("needs_https");
  const submit = () => attempt(outcome, signInWithWebSession);
  return form(submit, el("p", {}, text), submitButton(t("use_odoo_session"), !canUseWebSession));
}

function keyForm(outcome) {
  const key = secretInput({ required: true });
  const submit = () => attempt(outcome, () => signInWithKey(key.value.trim()));
  return form(submit, labelled(t("api_key"), key), submitButton(t("sign_in")));
}

function passwordForm(outcome) {
  const login = el("input", { required: true, autocomplete: "username", spellcheck: "false" });
  const password = secretInput({ required: true, autocomplete: "current-password" });
  const totp = el("input", { inputmode: "numeric", autocomplete: "one-time-code" });
  const submit = async () => {
    const error = await attempt(outcome, () => signInWithPassword(login.value, password.value, totp.value));
    if (error?.code === "MFA_REQUIRED") {
      totp.focus();
    }
  };
  return form(
    submit,
    labelled(t("username"), login),
    labelled(t("password"), password),
    labelled(t("totp"), totp),
    submitButton(t("sign_in")),
  );
}

/** @returns the error, if there was one */
async function attempt(outcome, signIn) {
  fill(outcome, loading(1));
  try {
    await signIn();
  } catch (error) {
    fill(outcome, failed(error));
    return error;
  }
  dialog.close();
  fill(dialog);
  return null;
}

function form(submit, ...children) {
  const listen = (event) => {
    event.preventDefault();
    submit();
  };
  return el("form", { submit: listen }, children);
}

function submitButton(label, disabled = false) {
  return el("button", { class: "primary", disabled }, label);
}

function secretInput(attributes) {
  return el("input", { type: "password", autocomplete: "off", spellcheck: "false", ...attributes });
}
