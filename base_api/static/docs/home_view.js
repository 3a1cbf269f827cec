// Copyright 2026 base_api contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
/** What the page is for, and how to begin. */
import { signedIn } from "./credential.js";
import { button, el } from "./dom.js";
import { modelAddress } from "./route.js";
import { ROOT } from "./server.js";
import { openSignIn } from "./sign_in.js";
import { t } from "./texts.js";

const EXAMPLES = ["res.partner", "sale.order", "crm.lead", "product.product"];

export function homeView(models) {
  const examples = EXAMPLES.filter((model) => models.some((item) => item.model === model));
  const user = signedIn()?.user;
  return [
    el("h1", { tabindex: "-1" }, t("title")),
    el("p", "lead", t("lead")),
    el("p", {}, t("address"), " ", el("code", {}, location.origin + ROOT)),
    el(
      "ol",
      "steps",
      el("li", {}, el("h2", {}, t("step_sign_in")), signInStep(user)),
      el("li", {}, el("h2", {}, t("step_choose")), el("p", {}, t("step_choose_help")), links(examples)),
      el("li", {}, el("h2", {}, t("step_send")), el("p", {}, t("step_send_help"))),
    ),
  ];
}

function signInStep(user) {
  return user
    ? el("p", {}, t("signed_in_as", { name: user.name }))
    : [el("p", {}, t("step_sign_in_help")), button(t("sign_in"), openSignIn, { class: "primary" })];
}

function links(models) {
  const items = models.map((model) => el("li", {}, el("a", { href: modelAddress(model) }, model)));
  return el("ul", "operations", items);
}
