// Copyright 2026 base_api contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
//
// The server of the tests, and callers of it.

import { env } from "node:process";
import { type ClientOptions, createClient } from "@base-api/client";
import type { paths } from "./models.js";

export const baseUrl = variable("BASE_API_URL");
export const apiKey = variable("BASE_API_KEY");

function variable(name: string): string {
  const value = env[name];
  if (!value) throw new Error(`${name} is not set: run these tests with make test-clients`);
  return value;
}

/** The administrator, with paths for res.partner and crm.lead. */
export function newClient(options: Partial<ClientOptions> = {}) {
  return createClient<paths>({ baseUrl, apiKey, ...options });
}

/** The same for the generic paths, which the package has types of. */
export function newGenericClient(options: Partial<ClientOptions> = {}) {
  return createClient({ baseUrl, apiKey, ...options });
}

export async function newPartner(name: string, api = newClient()): Promise<number> {
  const created = await api.POST("/create/res.partner", { body: { name } });
  if (!("id" in created) || !created.id) throw new Error("One record was created");
  return created.id;
}

export async function countPartners(name: string): Promise<number> {
  const query = { filters: { name } };
  return (await newClient().GET("/count/{model_name}", {
    params: { path: { model_name: "res.partner" }, query },
  })).count;
}

let number = 0;

/** A name that no other test uses. */
export function unique(): string {
  number += 1;
  return `TypeScript ${Date.now()} ${number}`;
}
