import {
  type Document,
  isMap,
  isNode,
  isScalar,
  LineCounter,
  type Pair,
  parseDocument,
  visit,
} from "yaml";
import type { Job, Permissions, Span, Step, Texts, UsedAction, Workflow } from "./workflow.ts";

/** What cannot be read as a workflow, and where. */
export interface Unreadable {
  readonly file: string;
  readonly line: number;
  readonly reason: string;
}

/** Reads a workflow. What is not of GitHub's form counts as not there, and what has to be there is then found missing. */
export function parseWorkflow(file: string, text: string): Workflow | Unreadable {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [error] = document.errors;
  if (error !== undefined) {
    const reason = error.message.split("\n")[0] ?? "it is no YAML";
    return { file, line: lines.linePos(error.pos[0]).line, reason };
  }
  const root = record(document.toJS());
  const jobs = record(root.jobs);
  if (Object.keys(jobs).length === 0) return { file, line: 1, reason: "it has no jobs" };
  const place: Place = (...path) => lineOf(document, lines, path);
  return {
    file,
    name: string(root.name) ?? file,
    triggers: triggersOf(root.on),
    permissions: permissionsOf(root.permissions),
    concurrency: root.concurrency,
    shell: string(record(record(root.defaults).run).shell),
    spans: spansOf(document, lines),
    jobs: Object.entries(jobs).map(([id, job]) => readJob(id, record(job), document, place)),
    line: (key) => place(key),
  };
}

export function isUnreadable(workflow: Workflow | Unreadable): workflow is Unreadable {
  return "reason" in workflow;
}

type Record_ = Readonly<Record<string, unknown>>;
type Path = readonly (string | number)[];
type Place = (...path: Path) => number;

function readJob(id: string, job: Record_, document: Document, place: Place): Job {
  const defaults = record(record(job.defaults).run);
  const steps = Array.isArray(job.steps) ? job.steps.map(record) : [];
  return {
    id,
    line: place("jobs", id),
    needs: list(job.needs),
    if: string(job.if),
    environment: string(job.environment) ?? string(record(job.environment).name),
    permissions: permissionsOf(job.permissions),
    timeoutMinutes: job["timeout-minutes"],
    continueOnError: job["continue-on-error"] !== undefined && job["continue-on-error"] !== false,
    outputs: texts(job.outputs),
    env: texts(job.env),
    shell: string(defaults.shell),
    workingDirectory: string(defaults["working-directory"]),
    calls: string(job.uses),
    container: string(job.container) ?? string(record(job.container).image),
    steps: steps.map((step, position) => {
      const path = ["jobs", id, "steps", position];
      const node = document.getIn([...path, "uses"], true);
      const comment = isScalar(node) ? (node.comment ?? undefined) : undefined;
      return readStep(step, position, place(...path), comment?.trim());
    }),
  };
}

function readStep(step: Record_, position: number, line: number, comment?: string): Step {
  const uses = string(step.uses);
  return {
    title: string(step.name) ?? string(step.id) ?? uses ?? `step ${position + 1}`,
    line,
    id: string(step.id),
    if: string(step.if),
    continueOnError: step["continue-on-error"] !== undefined && step["continue-on-error"] !== false,
    uses: uses === undefined ? undefined : usedAction(uses, comment),
    with: texts(step.with),
    env: texts(step.env),
    shell: string(step.shell),
    workingDirectory: string(step["working-directory"]),
    run: string(step.run),
  };
}

function usedAction(uses: string, comment: string | undefined): UsedAction {
  const at = uses.lastIndexOf("@");
  const name = at < 0 ? uses : uses.slice(0, at);
  return { name, ref: at < 0 ? "" : uses.slice(at + 1), comment };
}

/** `on: push`, `on: [push]` and `on: { push: ... }` say the same. */
function triggersOf(on: unknown): ReadonlyMap<string, unknown> {
  const names = list(on);
  return names.length > 0
    ? new Map(names.map((name) => [name, null]))
    : new Map(Object.entries(record(on)));
}

function permissionsOf(value: unknown): Permissions {
  return typeof value === "object" && value !== null ? texts(value) : string(value);
}

function list(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((one) => typeof one === "string");
}

/** Numbers and truth values are texts to GitHub, too. */
function texts(value: unknown): Texts {
  const entries = Object.entries(record(value));
  return Object.fromEntries(entries.map(([key, one]) => [key, String(one ?? "")]));
}

function string(value: unknown): string | undefined {
  return ["string", "number", "boolean"].includes(typeof value) ? String(value) : undefined;
}

function record(value: unknown): Record_ {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function lineOf(document: Document, lines: LineCounter, path: Path): number {
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1));
  const isIt = (pair: Pair) => isScalar(pair.key) && pair.key.value === path.at(-1);
  const node = isMap(parent) ? parent.items.find(isIt)?.key : document.getIn(path, true);
  const start = isNode(node) ? node.range?.[0] : undefined;
  return start === undefined ? 1 : lines.linePos(start).line;
}

/** Every text of the file, keys too, with its line. */
function spansOf(document: Document, lines: LineCounter): Span[] {
  const spans: Span[] = [];
  visit(document, {
    Scalar(_, { value, range }) {
      if (range) spans.push({ text: String(value), line: lines.linePos(range[0]).line });
    },
  });
  return spans;
}
