import type { Ledger, Reason } from "../source/ledger.ts";
import { childOf, itemsOf, type Tree, textOf } from "../source/tree.ts";

const known: readonly (readonly [RegExp, Reason])[] = [
  [
    /offline|dynamodb-local|dynamodb$/,
    { why: "it serves on this machine", instead: "lambdakit dev" },
  ],
  [
    /esbuild|webpack|typescript|bundle|rollup|optimize|babel|include-dependencies|layers/,
    { why: "it bundles the code, which lambdakit does by itself", instead: "lambdakit package" },
  ],
  [/prune/, { why: "it deletes old versions", instead: "nothing: releases are kept" }],
  [/iam-roles-per-function/, { why: "each function has a role of its own", instead: "nothing" }],
  [/dotenv|secrets/, { why: "it brings variables", instead: "secrets in service.ts" }],
  [/python|go|rust|java/, { why: "it is for other languages", instead: "write it in TypeScript" }],
];

/** Lists each plugin, with what does the same. */
export function readPlugins(root: Tree, ledger: Ledger): void {
  const stated = childOf(root, "plugins");
  const plugins = childOf(stated, "modules") ?? stated;
  for (const plugin of itemsOf(plugins)) {
    const name = textOf(plugin) ?? "(unknown)";
    const reason = known.find(([pattern]) => pattern.test(name))?.[1] ?? {
      why: "lambdakit has no plugins",
      instead: "see what it does for the service, and whether anything still needs it",
    };
    ledger.lose(plugin, reason, `plugin ${name}`);
  }
}
