import { nearest } from "../../../errors/index.ts";
import { type Level, type LogGroup, parseLevel } from "../../../observe/index.ts";
import type { ServicePlan } from "../../../plan/index.ts";
import type { Input } from "../../command.ts";
import { type Mistake, readStretch, requireNone } from "../window/time-options.ts";

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
  const since = requestId === undefined ? defaultSince : defaultSinceOfRequest;
  const { from, to, mistakes: ofTime } = readStretch(input, since, now);
  mistakes.push(...ofTime);
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
  requireNone(mistakes);
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
