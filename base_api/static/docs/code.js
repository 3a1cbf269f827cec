// Copyright 2026 base_api contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
/** Code to read and to copy. */
import { button, el } from "./dom.js";
import { t } from "./texts.js";

const MAX_LENGTH = 100000; // characters that are shown
const TOKENS = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(true|false|null)\b|-?\b\d[\d.eE+-]*/g;

export function code(text, isJson = false) {
  const shown = text.slice(0, MAX_LENGTH);
  const more = text.length > MAX_LENGTH && el("p", "note", t("cut", { n: text.length }));
  const lines = el("code", {}, isJson ? coloured(shown) : shown);
  return [el("pre", { tabindex: "0" }, lines), more];
}

export function copyButton(read) {
  const copy = button(t("copy"), async () => {
    await navigator.clipboard?.writeText(read());
    copy.textContent = t("copied");
  });
  copy.className = "copy";
  return copy;
}

function coloured(text) {
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(TOKENS)) {
    const [token, string, colon] = match;
    const kind = colon ? "name" : string ? "string" : "value";
    const length = colon ? string.length : token.length;
    parts.push(text.slice(end, match.index), el("span", `json-${kind}`, token.slice(0, length)));
    end = match.index + length;
  }
  return [...parts, text.slice(end)];
}
