// Copyright 2026 base_api contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
//
// Writes the types of the API at BASE_API_URL, seen with BASE_API_KEY:
//
//     node tools/types.mjs FILE [MODEL ...]
//
// With models, these have paths and types of their own.

import { writeFileSync } from "node:fs";
import { argv, env } from "node:process";
import openapiTS, { astToString } from "openapi-typescript";

const [file, ...models] = argv.slice(2);
const query = models.length ? `?models=${models}` : "";
const response = await fetch(`${env.BASE_API_URL}/openapi.json${query}`, {
  headers: { "api-key": env.BASE_API_KEY },
});
if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
// Objects of any members, such as records of any model, would have no members.
const ast = await openapiTS(await response.text(), { emptyObjectsUnknown: true });
writeFileSync(file, astToString(ast));
