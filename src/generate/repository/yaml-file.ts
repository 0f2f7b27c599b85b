import { type Document, isMap, isSeq, parseDocument, type YAMLMap, type YAMLSeq } from "yaml";
import { LambdakitError } from "../../errors/index.ts";

/**
 * Reads a file of YAML that a person may have written: comments are kept when it is written again.
 *
 * @throws {LambdakitError} GENERATE_UNREADABLE, with the line
 */
export function readYaml(file: string, text: string): Document & { contents: YAMLMap } {
  const document: Document = parseDocument(text);
  const [error] = document.errors;
  if (error !== undefined) {
    const line = text.slice(0, error.pos[0]).split("\n").length;
    throw unreadable(`${file}:${line}`, file, error.message.split("\n")[0] ?? "It is no YAML.");
  }
  // Nothing but comments, as lefthook's own example has it.
  if (document.contents === null) document.contents = document.createNode({});
  if (!isMap(document.contents)) throw unreadable(file, file, "It is no list of keys.");
  return document as Document & { contents: YAMLMap };
}

/**
 * The list at a path, which is made where there is none.
 *
 * @throws {LambdakitError} GENERATE_UNREADABLE where something else stands there
 */
export function listAt(file: string, document: Document, path: readonly string[]): YAMLSeq {
  const there = document.getIn(path, true);
  if (isSeq(there)) return there;
  if (document.getIn(path) != null) throw unreadable(file, file, `${path.join(".")} is no list.`);
  const list = document.createNode([]) as YAMLSeq;
  document.setIn(path, list);
  return list;
}

/** Lines are broken where they were. */
export function yamlText(document: Document): string {
  return document.toString({ lineWidth: 0 });
}

function unreadable(at: string, file: string, message: string): LambdakitError {
  return new LambdakitError("GENERATE_UNREADABLE", {
    message: `${file} cannot be read, and was left as it is. ${message}`,
    fix: "correct it, or move it away, and run lambdakit generate again",
    at,
  });
}
