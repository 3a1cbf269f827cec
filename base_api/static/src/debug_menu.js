// Copyright 2026 base_api contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import { _t } from "@web/core/l10n/translation";
import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { session } from "@web/session";

const ADDRESS = "/api/v2/docs";

/** The link to the interactive reference, in the menu of developer mode. */
export function apiReferenceItem() {
    return (
        session.base_api_docs && {
            type: "item",
            description: _t("API Reference"),
            href: ADDRESS,
            callback: () => browser.open(ADDRESS, "_blank"),
            sequence: 540,
            section: "tools",
        }
    );
}

registry.category("debug").category("default").add("base_api.reference", apiReferenceItem);
