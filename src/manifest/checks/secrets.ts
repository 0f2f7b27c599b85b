import { nearest, type Problem } from "../../errors/index.ts";
import { secretName, secretVariable, tableVariable } from "../../names.ts";
import type { DeclaredNames } from "../declared-names.ts";
import { reservedParameterPrefix } from "../facts.ts";
import type { Draft } from "../schema.ts";
import type { Check } from "./check.ts";

/** Each secret that a function reads exists and is told apart from the others, and AWS takes its name. */
export const checkSecrets: Check = (draft, declared) => [
  ...unknownSecrets(draft, declared),
  ...takenNames(draft),
  ...reservedPrefix(draft),
];

function unknownSecrets({ functions = {} }: Draft, { secrets: known }: DeclaredNames): Problem[] {
  return Object.entries(functions).flatMap(([key, { secrets = [] }]) =>
    secrets.flatMap((secret, position): Problem[] => {
      const path = ["functions", key, "secrets", position];
      if (secrets.indexOf(secret) !== position) {
        return [
          {
            code: "MANIFEST_NAME_TAKEN",
            path,
            message: `"${secret}" is in the list already`,
            fix: "remove it",
          },
        ];
      }
      if (known.includes(secret)) return [];
      const near = nearest(secret, known);
      return [
        {
          code: "MANIFEST_UNKNOWN_SECRET",
          path,
          message: `there is no secret "${secret}"`,
          fix: near === undefined ? "declare it under secrets" : `use "${near}"`,
        },
      ];
    }),
  );
}

/** Two keys may come to the same name in AWS, and a variable may be a table's already. */
function takenNames({ prefix = "", name = "", secrets = {}, tables = {} }: Draft): Problem[] {
  const owners = new Map<string, string>();
  for (const [key, table] of Object.entries(tables)) {
    owners.set(table.variable ?? tableVariable(key), `the table "${key}"`);
  }
  return Object.keys(secrets).flatMap((key): Problem[] => {
    const variable = secretVariable(key);
    const owner = owners.get(variable);
    owners.set(variable, owner ?? `"${key}"`);
    if (owner === undefined) return [];
    return [
      {
        code: "MANIFEST_NAME_TAKEN",
        path: ["secrets", key],
        message: `${owner} and "${key}" would have the same variable, ${variable}; the secret would be ${secretName(prefix, name, "dev", key)}`,
        fix: `give "${key}" another name`,
      },
    ];
  });
}

function reservedPrefix({ prefix = "", secrets = {} }: Draft): Problem[] {
  const reserved = reservedParameterPrefix.exec(prefix)?.[0];
  const isInParameterStore = Object.values(secrets).some(({ store }) => store === "ssm");
  if (reserved === undefined || !isInParameterStore) return [];
  return [
    {
      code: "MANIFEST_NAME_RESERVED",
      path: ["prefix"],
      message: `Parameter Store keeps names that begin with "${reserved}" to AWS, and secrets would be called /${prefix}/...`,
      fix: 'write store: "secrets-manager" for the secrets, or another prefix',
    },
  ];
}
