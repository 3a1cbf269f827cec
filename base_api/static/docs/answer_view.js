// Copyright 2026 base_api contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
/** The answer to a request. */
import { changesView } from "./changes_view.js";
import { code, copyButton } from "./code.js";
import { el } from "./dom.js";
import { Refused } from "./server.js";
import { failed } from "./states.js";
import { tabs } from "./tabs.js";
import { t } from "./texts.js";

export function answerView(answer) {
  const changes = answer.json?.data?.changes;
  const pages = [
    [t("body"), () => bodyView(answer)],
    [t("headers"), () => headersView(answer.headers)],
  ];
  if (changes) {
    pages.unshift([t("changes"), () => changesView(changes)]);
  }
  return [
    statusView(answer),
    answer.ok ? null : failed(new Refused(answer.status, answer.json?.error)),
    tabs(t("answer"), pages),
  ];
}

function statusView(answer) {
  const isTried = answer.headers.get("Preference-Applied")?.includes("dry-run");
  return el(
    "p",
    { class: "status", role: "status" },
    el("span", { class: answer.ok ? "good" : "bad" }, answer.status),
    ` ${t("milliseconds", { n: answer.milliseconds })}`,
    isTried ? el("span", "tried", t("was_dry_run")) : null,
    answer.ok && answer.json?.message ? ` ${answer.json.message}` : null,
  );
}

function bodyView(answer) {
  if (answer.text === undefined) {
    return fileView(answer);
  }
  const text = answer.json === undefined ? answer.text : JSON.stringify(answer.json, null, 2);
  return el(
    "div",
    "with-copy",
    copyButton(() => text),
    code(text, answer.json !== undefined),
  );
}

function fileView(answer) {
  const name = /filename="?([^";]+)/.exec(answer.headers.get("Content-Disposition") ?? "")?.[1] ?? "file";
  // Opened in a tab, markup would be a page of this server.
  const file = new Blob([answer.blob], { type: "application/octet-stream" });
  const href = URL.createObjectURL(file);
  const text = t("save_file", { type: answer.blob.type, n: answer.blob.size });
  return el("p", {}, el("a", { href, download: name }, text));
}

function headersView(headers) {
  const rows = [...headers].map(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]);
  return el("dl", {}, rows);
}
