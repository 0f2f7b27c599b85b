import type { ArrayExpression, ObjectExpression } from "@babel/types";
import type { Rendered } from "./generated-file.ts";
import { addMembers, type Edit, editText, replaceValue } from "./json-edits.ts";
import { listOf, parseJsonObject, says, valueAt } from "./json-source.ts";
import type { LaunchConfiguration } from "./launch-configurations.ts";

/**
 * Puts configurations into `launch.json`, each in the place of the one of the same name. Whatever else
 * is in the file stays as it is, to the byte: comments, other configurations, and keys that a person
 * has added to ours.
 *
 * @throws {LambdakitError} GENERATE_UNREADABLE
 */
export function mergeLaunchFile(
  file: string,
  current: string | undefined,
  configurations: readonly LaunchConfiguration[],
): Rendered {
  const missing = configurations.map(({ name }) => `there is no "${name}"`);
  if (current === undefined || current.trim() === "") {
    const text = `${JSON.stringify({ version: "0.2.0", configurations }, null, 2)}\n`;
    return { text, differences: missing };
  }
  const root = parseJsonObject(file, current);
  const list = listOf(file, root, "configurations");
  if (list === undefined) {
    const edits = addMembers(current, root, [{ key: "configurations", value: configurations }]);
    return { text: editText(current, edits), differences: missing };
  }
  const changes = configurations.map((wanted) => changeOf(current, list, wanted));
  const added = changes.flatMap((change) => change.added ?? []).map((value) => ({ value }));
  const edits = [...changes.flatMap((change) => change.edits), ...addMembers(current, list, added)];
  return {
    text: editText(current, edits),
    differences: changes.flatMap(({ differences }) => differences),
  };
}

interface Change {
  readonly edits: readonly Edit[];
  /** A configuration that the list does not have yet. */
  readonly added?: LaunchConfiguration;
  readonly differences: readonly string[];
}

function changeOf(source: string, list: ArrayExpression, wanted: LaunchConfiguration): Change {
  const { name } = wanted;
  const there = list.elements.find(
    (one): one is ObjectExpression =>
      one?.type === "ObjectExpression" && says(valueAt(one, "name"), name),
  );
  if (there === undefined) {
    return { edits: [], added: wanted, differences: [`there is no "${name}"`] };
  }
  const keys = Object.entries(wanted).map(([key, value]) => {
    return { key, value, node: valueAt(there, key) };
  });
  const missing = keys.filter(({ node }) => node === undefined);
  const other = keys.flatMap(({ key, value, node }) =>
    node === undefined || says(node, value) ? [] : [{ key, value, node }],
  );
  return {
    edits: [
      ...other.map(({ node, value }) => replaceValue(source, node, value)),
      ...addMembers(source, there, missing),
    ],
    differences: [
      ...other.map(({ key }) => `"${name}" has another ${key}`),
      ...missing.map(({ key }) => `"${name}" has no ${key}`),
    ],
  };
}
