import { LambdakitError, nearest } from "../../../errors/index.ts";
import { type Level, type LogGroup, parseLevel, parseMoment } from "../../../observe/index.ts";
import type { ServicePlan } from "../../../plan/index.ts";
import type { Input } from "../../command.ts";

/** What `logs` is asked for. Times in milliseconds since 1970. */
export interface LogsOptions {
  readonly groups: readonly LogGroup[];
  readonly from: number;
  readonly to: number | undefined;
  readonly follow: boolean;
  readonly filter: string | undefined;
  readonly level: Level | undefined;
  readonly requestId: string | undefined;
  readonly release: string | undefined;
  readonly limit: number | undefined;
  readonly insights: string | undefined;
}

/** The key of API Gateway's access log, beside those of functions. */
export const apiKey = "api";

const defaultSince = "15m";
/** Somebody who looks for a request mostly has its id from a report of the day. */
const defaultSinceOfRequest = "24h";

interface Mistake {
  readonly at: string;
  readonly message: string;
  readonly fix: string;
}

/**
 * Reads the options, and holds them against each other and the service.
 *
 * @param now AWS's time
 * @throws {LambdakitError} CLI_BAD_VALUE, naming every mistake
 */
export function readLogsOptions(input: Input, plan: ServicePlan, now: number): LogsOptions {
  const mistakes: Mistake[] = [];
  const follow = input.flag("follow");
  const [insights, filter, level] = [
    input.text("insights"),
    input.text("filter"),
    input.text("level"),
  ];
  const [requestId, release, limit] = [
    input.text("request-id"),
    input.text("release"),
    input.integer("limit"),
  ];
  const groups = readGroups(input.arguments, plan, release !== undefined, mistakes);
  const isSinceWrong =
    input.text("since") !== undefined && parseMoment(input.text("since") ?? "", now) === undefined;
  const from =
    readTime("since", input, now, mistakes) ??
    parseMoment(requestId === undefined ? defaultSince : defaultSinceOfRequest, now) ??
    now;
  const to = readTime("until", input, now, mistakes);
  if (!isSinceWrong && from > (to ?? now)) {
    const until = to === undefined ? "now" : `--until ${input.text("until")}`;
    mistakes.push({
      at: "--since",
      message: `--since ${input.text("since") ?? defaultSince} is after ${until}: nothing lies between.`,
      fix: "an earlier --since, such as --since 15m",
    });
  }
  if (follow && to !== undefined) {
    mistakes.push({
      at: "--until",
      message: "--follow has no end, and --until is one.",
      fix: "leave out one of them",
    });
  }
  if (limit === 0) {
    mistakes.push({ at: "--limit", message: "--limit 0 shows nothing.", fix: "--limit 100" });
  }
  const withoutInsights = [
    ["--follow", follow],
    ["--filter", filter !== undefined],
    ["--level", level !== undefined],
    ["--request-id", requestId !== undefined],
    ["--release", release !== undefined],
    ["--limit", limit !== undefined],
  ] as const;
  const too = withoutInsights.filter(([, isGiven]) => isGiven).map(([name]) => name);
  if (insights !== undefined && too.length > 0) {
    mistakes.push({
      at: "--insights",
      message: `With --insights the query says what is wanted, and ${too.join(", ")} ${too.length === 1 ? "is" : "are"} not looked at.`,
      fix: `leave out ${too.join(", ")}; in the query: filter, sort, limit`,
    });
  }
  throwAll(mistakes);
  const lowest = level === undefined ? undefined : parseLevel(level);
  return { groups, from, to, follow, filter, level: lowest, requestId, release, limit, insights };
}

/** The groups that are named, in the order of the manifest; all where none is. */
function readGroups(
  named: readonly string[],
  { functions, api }: ServicePlan,
  isOfRelease: boolean,
  mistakes: Mistake[],
): LogGroup[] {
  const ofFunctions = functions.map(({ key, name, logGroup }) => {
    return { key, name: logGroup.name, names: [key, name] };
  });
  const ofApi = { key: apiKey, name: api.logGroup.name, names: [apiKey] };
  const all = api.routes.length === 0 ? ofFunctions : [...ofFunctions, ofApi];
  for (const one of named) {
    if (all.some(({ names }) => names.includes(one))) continue;
    const near = nearest(
      one,
      all.flatMap(({ names }) => names),
    );
    mistakes.push({
      at: one,
      message: `There is no function "${one}".${near === undefined ? "" : ` Did you mean ${near}?`}`,
      fix: near ?? `one of ${all.map(({ key }) => key).join(", ")}`,
    });
  }
  if (isOfRelease && named.includes(apiKey)) {
    mistakes.push({
      at: "--release",
      message:
        "Lines of API Gateway belong to no release: it does not say which version has answered.",
      fix: `leave out ${apiKey} or --release`,
    });
  }
  return all
    .filter(({ names }) => named.length === 0 || names.some((name) => named.includes(name)))
    .filter(({ key }) => !isOfRelease || key !== apiKey)
    .map(({ key, name }) => ({ key, name }));
}

function readTime(
  name: "since" | "until",
  input: Input,
  now: number,
  mistakes: Mistake[],
): number | undefined {
  const written = input.text(name);
  const moment = written === undefined ? undefined : parseMoment(written, now);
  if (written !== undefined && moment === undefined) {
    mistakes.push({
      at: `--${name}`,
      message: `--${name} is "${written}", which is no time.`,
      fix: `--${name} 90s, 15m, 2h, 3d, or ${new Date(now).toISOString().slice(0, 16)}Z`,
    });
  }
  return moment;
}

function throwAll(mistakes: readonly Mistake[]): void {
  const [first] = mistakes;
  if (first === undefined) return;
  throw new LambdakitError("CLI_BAD_VALUE", {
    at: first.at,
    message: mistakes.map(({ message }) => message).join("\n"),
    fix: first.fix,
  });
}
