// Copyright 2026 base_api contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
/** A request as a program. The secret is a variable of its environment. */

const VARIABLES = { "api-key": "API_KEY", "session-token": "SESSION_TOKEN" };
/** Name of each language -> how a request looks in it. */
export const SNIPPETS = { curl, Python: python, JavaScript: javascript, PHP: php };

/**
 * @param {{method, headers, body}} request with a body that is JSON
 * @param {string} url with scheme and host
 * @param {string} credential the name of its header
 */
export function snippet(name, request, url, credential) {
  const headers = { ...request.headers };
  if (request.body !== undefined) {
    headers["Content-Type"] = "application/json";
  }
  return SNIPPETS[name]({ ...request, headers, url }, credential, VARIABLES[credential]);
}

function curl({ method, url, headers, body }, credential, variable) {
  const lines = [`curl ${method === "GET" ? "" : `-X ${method} `}${shell(url)}`];
  lines.push(`-H "${credential}: $${variable}"`);
  for (const [name, value] of Object.entries(headers)) {
    lines.push(`-H ${shell(`${name}: ${value}`)}`);
  }
  if (body !== undefined) {
    lines.push(`--data-raw ${shell(body)}`);
  }
  return lines.join(" \\\n     ");
}

function python({ method, url, headers, body }, credential, variable) {
  const { "Content-Type": _json, ...rest } = headers; // the library sets it
  const pairs = Object.entries(rest).map(([name, value]) => `${pythonValue(name)}: ${pythonValue(value)}`);
  const all = [`${pythonValue(credential)}: os.environ["${variable}"]`, ...pairs];
  const json = body === undefined ? "" : `\n    json=${pythonValue(JSON.parse(body), 4)},`;
  return `import os

import requests

answer = requests.request(
    ${pythonValue(method)},
    ${pythonValue(url)},
    headers={${all.join(", ")}},${json}
    timeout=60,
)
print(answer.status_code, answer.text)`;
}

function javascript({ method, url, headers, body }, credential, variable) {
  const pairs = Object.entries(headers).map(([name, value]) => `    ${quoted(name)}: ${quoted(value)},\n`);
  const json = body === undefined ? "" : `\n  body: JSON.stringify(${indented(JSON.parse(body), 2)}),`;
  return `const answer = await fetch(${quoted(url)}, {
  method: ${quoted(method)},
  headers: {
    ${quoted(credential)}: process.env.${variable},
${pairs.join("")}  },${json}
});
console.log(answer.status, await answer.text());`;
}

function php({ method, url, headers, body }, credential, variable) {
  const lines = Object.entries(headers).map(([name, value]) => `        ${phpText(`${name}: ${value}`)},\n`);
  const content = body === undefined ? "" : `    'content' => ${phpText(body)},\n`;
  return `<?php
$context = stream_context_create(['http' => [
    'method' => ${phpText(method)},
    'header' => [
        '${credential}: ' . getenv('${variable}'),
${lines.join("")}    ],
${content}    'ignore_errors' => true,
]]);
echo file_get_contents(${phpText(url)}, false, $context);`;
}

const shell = (text) => `'${text.replaceAll("'", "'\\''")}'`;

const phpText = (text) => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;

const quoted = (text) => JSON.stringify(text);

/** A value in JavaScript, where `__proto__` alone would be no member. */
function indented(value, spaces) {
  const text = JSON.stringify(value, null, 2).replaceAll("\n", `\n${" ".repeat(spaces)}`);
  return text.replaceAll('"__proto__":', '["__proto__"]:');
}

/** A value of JSON in Python, in lines if it is long. */
function pythonValue(value, indent = 0) {
  const short = pythonLine(value);
  if (short.length + indent < 80 || value === null || typeof value !== "object") {
    return short;
  }
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  const items = Array.isArray(value)
    ? value.map((item) => pythonValue(item, indent + 4))
    : Object.entries(value).map(([name, item]) => `${pythonLine(name)}: ${pythonValue(item, indent + 4)}`);
  const margin = " ".repeat(indent);
  return `${open}\n${items.map((item) => `${margin}    ${item},\n`).join("")}${margin}${close}`;
}

function pythonLine(value) {
  if (value === null || typeof value === "boolean") {
    return { null: "None", true: "True", false: "False" }[value];
  }
  if (typeof value !== "object") {
    return JSON.stringify(value); // numbers and strings are written alike
  }
  if (Array.isArray(value)) {
    return `[${value.map(pythonLine).join(", ")}]`;
  }
  const pairs = Object.entries(value).map(([name, item]) => `${pythonLine(name)}: ${pythonLine(item)}`);
  return `{${pairs.join(", ")}}`;
}
