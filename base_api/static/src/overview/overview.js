// Copyright 2026 base_api contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import { _t } from "@web/core/l10n/translation";
import { deserializeDate, deserializeDateTime, formatDate } from "@web/core/l10n/dates";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { formatFloat, formatInteger } from "@web/views/fields/formatters";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

import { Component, onWillStart, useState } from "@odoo/owl";

const REQUESTS = "base_api.api_usage_action";
const KEYS = "base_api.res_users_apikeys_action";
const CALLS = "base_api.api_rpc_usage_action";

/** The page Settings > Technical > API > Overview. */
export class ApiOverview extends Component {
    static template = "base_api.Overview";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.display = { controlPanel: {} };
        this.overview = useState({});
        onWillStart(() => this.load());
    }

    async load() {
        const overview = await this.orm.call("api.overview", "read_overview", []);
        Object.assign(this.overview, overview);
    }

    get cards() {
        const { today } = this.overview;
        return [
            this.card(_t("Requests"), today.calls, "", {}),
            this.card(_t("Client errors"), today.client_errors, "text-warning", { errors: 1 }),
            this.card(_t("Refused"), today.refused, "text-warning", { refused: 1 }),
            this.card(_t("Server errors"), today.server_errors, "text-danger", {
                server_errors: 1,
            }),
        ];
    }

    card(label, count, color, filters) {
        const open = () => this.open(REQUESTS, { today: 1, ...filters });
        return { label, value: formatInteger(count), color: count ? color : "", open };
    }

    /** The bars of the chart, with heights in percent. */
    get bars() {
        const { days } = this.overview;
        const most = Math.max(...days.map((day) => day.calls), 1);
        return days.map((day) => {
            const errors = day.client_errors + day.server_errors;
            const date = formatDate(deserializeDate(day.date));
            return {
                date,
                height: (100 * day.calls) / most,
                errorHeight: day.calls ? (100 * errors) / day.calls : 0,
                title: _t("%(date)s: %(calls)s requests, %(errors)s errors", {
                    date,
                    calls: formatInteger(day.calls),
                    errors: formatInteger(errors),
                }),
            };
        });
    }

    get hasRequests() {
        return this.overview.days.some((day) => day.calls);
    }

    formatMilliseconds(value) {
        return _t("%s ms", formatFloat(value || 0, { digits: [16, value < 10 ? 1 : 0] }));
    }

    formatInteger(value) {
        return formatInteger(value);
    }

    formatDay(text) {
        return text ? formatDate(deserializeDateTime(text)) : _t("never");
    }

    open(action, filters) {
        const entries = Object.entries(filters);
        const context = Object.fromEntries(
            entries.map(([name, value]) => [`search_default_${name}`, value])
        );
        return this.action.doAction(action, { additionalContext: context });
    }

    openRequests() {
        return this.open(REQUESTS, { last_7_days: 1 });
    }

    openRoute(route) {
        const filters = { route: route.route, http_method: route.http_method };
        return this.open(REQUESTS, { last_7_days: 1, ...filters });
    }

    openKeys(filter) {
        return this.open(KEYS, { [filter]: 1 });
    }

    openCalls(caller) {
        const filters = caller ? { user_id: caller.user_id } : {};
        return this.open(CALLS, { last_7_days: 1, ...filters });
    }
}

registry.category("actions").add("base_api.overview", ApiOverview);
