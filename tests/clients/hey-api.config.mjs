// Copyright 2026 base_api contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

export default {
  input: process.env.DOCUMENT,
  output: {
    path: `generated/hey-api-${process.env.NAME}`,
    importFileExtension: ".js", // as Node wants it
  },
  plugins: ["@hey-api/client-fetch", "@hey-api/typescript", "@hey-api/sdk"],
};
