// Copyright 2026 base_api contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
/** The texts of the page in the language of its reader. */
export const LANGUAGES = { en: "English", fr: "Français", es: "Español" };
const CHOICE = "base_api_docs_language";

let texts = {};
export let language = "en";

/** The language that was chosen here before, or the best one of the browser. */
export function preferredLanguage() {
  const wanted = [localStorage.getItem(CHOICE), ...navigator.languages];
  const codes = wanted.map((tag) => (tag ?? "").slice(0, 2).toLowerCase());
  return codes.find((code) => code in LANGUAGES) ?? "en";
}

export async function useLanguage(code) {
  const response = await fetch(new URL(`texts_${code}.json`, import.meta.url));
  texts = await response.json();
  language = code;
  document.documentElement.lang = code;
}

export function rememberLanguage(code) {
  localStorage.setItem(CHOICE, code);
}

/** Return a text, with the values of its {names}. */
export function t(key, values = {}) {
  return texts[key].replace(/\{(\w+)\}/g, (_match, name) => values[name]);
}
