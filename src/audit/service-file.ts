import type { FileFacts, Subject } from "./facts.ts";
import { lineAt } from "./line-at.ts";
import { inFolder } from "./packages.ts";

/** A place in `service.ts`: the first line with a text, or the file as a whole. */
export function serviceFile({ files }: FileFacts, { folder }: Subject, text: string) {
  const file = inFolder(folder, "service.ts");
  const source = files.find(({ path }) => path === file)?.text ?? "";
  const at = source.indexOf(text);
  return { file, line: at === -1 ? null : lineAt(source, at) };
}
