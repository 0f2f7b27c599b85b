import type { PlannedChange } from "./message.ts";
import type { ShownChange, ShownPlan } from "./shown-plan.ts";

/** What will become of one resource; `address` is where it stands in the stack. */
export interface Change extends PlannedChange {
  /** What the resource holds is lost with it. */
  readonly losesData: boolean;
  /** Of an update and a replacement: each value that differs, inside of blocks and of JSON too. */
  readonly attributes: readonly AttributeChange[];
}

export interface AttributeChange {
  readonly name: string;
  /** JSON; undefined where there was nothing. */
  readonly before: string | undefined;
  /** JSON; undefined where there will be nothing. */
  readonly after: string | undefined;
  /** Whether this one is why the resource cannot stay. */
  readonly forcesReplacement: boolean;
}

/** What holds something that no apply brings back. Logs, which end by themselves, are not meant. */
const holdsData = ["aws_dynamodb_table", "aws_s3_bucket"];

const known = "(known after it is applied)";
const secret = "(sensitive)";

/**
 * Everything that a plan changes: what is lost first, and then by address, since Terraform tells it in
 * whatever order it has come to it.
 *
 * @param shown where it is not known, changes have no attributes
 */
export function changesOf(planned: readonly PlannedChange[], shown: ShownPlan = {}): Change[] {
  const byAddress = new Map(shown.resource_changes?.map((one) => [one.address, one.change]));
  const changes = planned.map((one): Change => {
    const change = byAddress.get(one.address);
    const isLost = one.action === "delete" || one.action === "replace";
    const isChanged = one.action === "update" || one.action === "replace";
    return {
      ...one,
      losesData: isLost && holdsData.includes(one.type),
      attributes: isChanged && change !== undefined ? attributesOf(change) : [],
    };
  });
  return changes.sort(
    (one, other) =>
      Number(other.losesData) - Number(one.losesData) || (one.address < other.address ? -1 : 1),
  );
}

/** The same of a plan that was made earlier. */
export function shownChanges(shown: ShownPlan): Change[] {
  const planned = (shown.resource_changes ?? []).flatMap(({ mode, address, type, change }) => {
    const action = actionOf(change);
    return mode === "managed" && action !== undefined ? [{ address, type, action }] : [];
  });
  return changesOf(planned, shown);
}

function actionOf(change: ShownChange["change"]): Change["action"] | undefined {
  const { actions, importing } = change;
  if (actions.includes("create")) return actions.includes("delete") ? "replace" : "create";
  if (actions.includes("delete")) return "delete";
  if (actions.includes("update")) return "update";
  return importing === undefined ? undefined : "import";
}

function attributesOf(change: ShownChange["change"]): AttributeChange[] {
  const before = Object(change.before);
  const after = Object(change.after);
  const unknown = Object(change.after_unknown);
  const forcing = new Set((change.replace_paths ?? []).map(([name]) => name));
  const names = [...new Set([before, after, unknown].flatMap(Object.keys))].sort();
  return names.flatMap((name): AttributeChange[] => {
    const forcesReplacement = forcing.has(name);
    const isSecret = [change.before_sensitive, change.after_sensitive].some(
      (marks) => marks === true || isMarked(Object(marks)[name]),
    );
    if (isMarked(unknown[name])) {
      // What AWS counts by itself is no news, unless the resource is replaced for it.
      if (computed.test(name) && !forcesReplacement) return [];
      const old = isSecret ? secret : textOf(before[name]);
      return [{ name, before: old, after: known, forcesReplacement }];
    }
    const differing = differences(name, before[name], after[name]);
    if (isSecret && differing.length > 0) {
      const [old, next] = [before, after].map((one) =>
        textOf(one[name]) === undefined ? undefined : secret,
      );
      return [{ name, before: old, after: next, forcesReplacement }];
    }
    return differing.map((one) => ({ ...one, forcesReplacement }));
  });
}

type Difference = Pick<AttributeChange, "name" | "before" | "after">;

/** Each leaf that two values differ in. Policies and API documents are JSON inside of a text. */
function differences(name: string, before: unknown, after: unknown): Difference[] {
  const [one, other] = [before, after].map(unpacked);
  if (isTree(one) && isTree(other)) {
    const keys = [...new Set([one, other].flatMap(Object.keys))].sort();
    return keys.flatMap((key) => differences(`${name}.${key}`, one[key], other[key]));
  }
  const texts = { before: textOf(before), after: textOf(after) };
  return texts.before === texts.after ? [] : [{ name, ...texts }];
}

function unpacked(value: unknown): unknown {
  if (typeof value !== "string" || !/^[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function isTree(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

/** Names, versions and times that follow from whatever else changes. */
const computed = /(^|_)(arn|arns|id|version|last_modified|sha256|size|date)$/;

/** Terraform marks a value, or parts of it, by `true`. */
function isMarked(mark: unknown): boolean {
  return mark === true || Object.values(Object(mark)).some(isMarked);
}

function textOf(value: unknown): string | undefined {
  return value === undefined || value === null ? undefined : JSON.stringify(value);
}
