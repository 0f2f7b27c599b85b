import { handlerExport } from "../names.ts";
import { insideFolder } from "./source/inside-folder.ts";
import type { Ledger, Reason } from "./source/ledger.ts";
import { shown, type Tree, textOf } from "./source/tree.ts";

/** Whether a file of the source's folder is there. */
export type HasFile = (path: string) => boolean;

/** In the order in which a bundler looks for them. */
const extensions = [".ts", ".mts", ".cts", ".tsx", ".js", ".mjs", ".cjs", ".jsx"];

/** What is known of a function's code. */
export interface Code {
  /** `src/app.handler` */
  readonly handler: Tree | undefined;
  /** The folder that it is in. */
  readonly folder: Tree | undefined;
  readonly runtime: string | undefined;
  /** The function's key, which its file is called by where there is no other. */
  readonly key: string;
}

/**
 * Finds the file that a function is written in. Code of another language, and code that is not there, has a place in
 * `src/handlers/`, and is listed.
 */
export function readEntry(
  { handler, folder, runtime, key }: Code,
  has: HasFile,
  ledger: Ledger,
): string {
  const named = `src/handlers/${key.replace(/([a-z0-9])([A-Z])/g, "$1-$2").toLowerCase()}.ts`;
  const lose = (reason: Reason, what?: string) => {
    const subject = handler ?? folder;
    if (subject !== undefined) ledger.lose(subject, reason, what);
    if (subject === handler && folder !== undefined) ledger.carry(folder);
    return named;
  };
  const text = textOf(handler);
  const base = textOf(folder) ?? "";
  if (runtime !== undefined && !runtime.startsWith("nodejs")) {
    return lose(
      { why: `its code is for ${runtime}`, instead: `write it in TypeScript, in ${named}` },
      `code of ${key}: ${handler === undefined ? "" : shown(handler)}`,
    );
  }
  const module = text?.slice(0, text.lastIndexOf("."));
  const stem =
    module === undefined ? undefined : insideFolder(`${base}/${module}`.replace(/^\//, ""));
  if (text === undefined || stem === undefined || !text.includes(".")) {
    return lose(
      { why: "its file is not known", instead: `write it in ${named}` },
      `code of ${key}${handler === undefined ? "" : `: ${shown(handler)}`}`,
    );
  }
  const file = extensions.map((extension) => stem + extension).find(has);
  const exported = text.slice(text.lastIndexOf(".") + 1);
  if (handler !== undefined && exported !== handlerExport) {
    ledger.lose(
      handler,
      {
        why: `lambdakit calls what a file exports as ${handlerExport}, and this one is ${exported}`,
        instead: `add export { ${exported} as ${handlerExport} } to ${file ?? `${stem}.ts`}`,
      },
      `Handler: ${text}`,
    );
  } else ledger.carry(handler);
  ledger.carry(folder);
  return file ?? `${stem}.ts`;
}
