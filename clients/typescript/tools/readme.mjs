// Copyright 2026 base_api contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
//
// Makes one test of the examples in README.md, on the server of the tests.

import { readFileSync, writeFileSync } from "node:fs";

const readme = readFileSync("README.md", "utf8");
const examples = [...readme.matchAll(/```ts\n(.*?)```/gs)].map((match) => match[1]);
const replacements = [
  ['"http://localhost:8069/api/v2"', "baseUrl"],
  ["process.env.ODOO_API_KEY", "apiKey"],
  ['from "./odoo.js"', 'from "./models.js"'],
];
const text = replacements.reduce(
  (text, [from, to]) => text.replaceAll(from, to),
  examples.join("\n"),
);
writeFileSync("test/readme.test.ts", `import { apiKey, baseUrl } from "./server.js";\n\n${text}`);
