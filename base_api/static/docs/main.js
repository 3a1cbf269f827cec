// Copyright 2026 base_api contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
/** The page: header, lists, and the view that the address names. */
import { forget, readModels } from "./catalog.js";
import { changes, signedIn, signOut } from "./credential.js";
import { button, el, fill, select } from "./dom.js";
import { endpointView } from "./endpoint_view.js";
import { homeView } from "./home_view.js";
import { modelView } from "./model_view.js";
import { currentRoute } from "./route.js";
import { listenForSlash, searchBox } from "./search_box.js";
import { markCurrent, sidebar } from "./sidebar.js";
import { openSignIn } from "./sign_in.js";
import { LANGUAGES, language, preferredLanguage, rememberLanguage, t, useLanguage } from "./texts.js";

const header = document.querySelector("header");
const aside = document.querySelector("aside");
const main = document.querySelector("main");

function showHeader() {
  const choose = async (code) => {
    rememberLanguage(code);
    await useLanguage(code);
    forget();
    showAll();
  };
  fill(
    header,
    button("☰", toggleSidebar, { class: "menu", "aria-label": t("contents"), "aria-expanded": "false" }),
    el("a", { class: "home", href: "#/" }, t("title")),
    searchBox(),
    select(Object.entries(LANGUAGES), language, choose, { "aria-label": t("language"), class: "language" }),
    account(),
  );
}

function account() {
  const user = signedIn()?.user;
  return user
    ? el("span", "account", el("span", "user", user.name), button(t("sign_out"), signOut))
    : el("span", "account", button(t("sign_in"), openSignIn, { class: "primary" }));
}

function toggleSidebar() {
  const isOpen = document.body.classList.toggle("with-contents");
  header.querySelector(".menu").setAttribute("aria-expanded", String(isOpen));
}

async function showView() {
  const { view, name, part } = currentRoute();
  document.title = name ? `${name} · ${t("title")}` : t("title");
  if (view === "model") {
    fill(main, modelView(name, part));
  } else if (view === "endpoint") {
    fill(main, endpointView(name));
  } else {
    fill(main, homeView([]));
    const models = await readModels().catch(() => []);
    if (models.length && currentRoute().view === "home") {
      fill(main, homeView(models));
    }
  }
}

function showAll() {
  showHeader();
  fill(aside, sidebar());
  showView();
}

async function start() {
  await useLanguage(preferredLanguage());
  listenForSlash();
  showAll();
  window.addEventListener("hashchange", async () => {
    document.body.classList.remove("with-contents");
    await showView();
    markCurrent();
    window.scrollTo(0, 0);
    main.querySelector("h1")?.focus();
  });
  changes.addEventListener("change", () => {
    forget();
    showAll();
  });
}

start();
