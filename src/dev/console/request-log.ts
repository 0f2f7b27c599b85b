import type { Access } from "../gateway/gateway.ts";
import type { InvocationReport, WrittenLog } from "../host/invocation.ts";
import { keepLines } from "./kept-lines.ts";

/** How many requests are kept; older ones are forgotten. */
export const keptRequests = 500;

/** All log lines of all requests together; the oldest lose theirs first. */
const keptCharacters = 16 * 1024 * 1024;

/** What a request with a log of this length takes is not worth looking into. */
const shortCharacters = 16 * 1024;

/** One line of the list: a request to the API, or an invocation that came without one. */
export interface RequestSummary {
  /** Counts up from 1. */
  readonly id: number;
  /** Epoch milliseconds of its end. */
  readonly time: number;
  /** `INVOKE` where nobody asked over HTTP. */
  readonly method: string;
  readonly path: string;
  /** Null where there is none: an invocation without HTTP. */
  readonly status: number | null;
  readonly milliseconds: number;
  /** Null where the gateway answered itself. */
  readonly function: string | null;
  /** The function threw, ran out of time, or could not start. */
  readonly failed: boolean;
  /** The length of the init phase; null for a warm invocation, and where there was none. */
  readonly initMilliseconds: number | null;
}

type ReportFacts = Omit<InvocationReport, "log">;

/** What is shown of one request that somebody picks. */
export interface RequestDetail extends RequestSummary {
  readonly requestId: string | null;
  readonly report: ReportFacts | null;
  /** Why it failed, for a person. */
  readonly failure: string | null;
  readonly lines: readonly string[];
  /** How many further lines, or parts of lines, are not kept. */
  readonly linesDropped: number;
}

/**
 * The last requests, in memory. What stands in several events about one request (its answer, its
 * report, its failure) is put together by Lambda's request id, in whichever order they come.
 *
 * Under load every request comes by here, and hardly one is ever looked at: what is kept of it is what
 * was there anyway.
 */
export class RequestLog {
  /** By their numbers, and from the first place again when all are taken. */
  readonly #places: (Entry | undefined)[] = [];
  readonly #byLambdaId = new Map<string, Entry>();
  #lastId = 0;
  #characters = 0;
  /** Where the search for lines to drop goes on: all requests below have lost theirs. */
  #firstWithLines = 1;

  /** The API answered. @returns the request's id */
  answered(access: Access, now: number): number {
    const { lambdaRequestId } = access;
    const entry = this.#entryOf(lambdaRequestId, now);
    entry.access = access;
    return entry.id;
  }

  /** A function came to an end. @returns the request's id */
  invoked(functionKey: string, ok: boolean, report: InvocationReport, now: number): number {
    const entry = this.#entryOf(report.requestId, now);
    entry.function = functionKey;
    entry.ok = ok;
    this.#keepReport(entry, report);
    this.#forgetOldLines();
    return entry.id;
  }

  /** Says why. @returns the request's id */
  failed(functionKey: string, message: string, lambdaRequestId: string, now: number): number {
    const entry = this.#entryOf(lambdaRequestId, now);
    entry.function = functionKey;
    entry.ok = false;
    entry.failure = keepLines([message]).lines.join("\n");
    return entry.id;
  }

  /** Undefined for one that is forgotten. */
  summary(id: number): RequestSummary | undefined {
    const entry = this.#entry(id);
    return entry && summaryOf(entry);
  }

  /** Oldest first. */
  summaries(): RequestSummary[] {
    return this.#places
      .filter((entry) => entry !== undefined)
      .sort((one, other) => one.id - other.id)
      .map(summaryOf);
  }

  detail(id: number): RequestDetail | undefined {
    const entry = this.#entry(id);
    if (entry === undefined) return undefined;
    const { report } = entry;
    const { lines, dropped } = keepLines(report?.log.lines ?? []);
    return {
      ...summaryOf(entry),
      requestId: entry.access?.requestId ?? null,
      report: report === undefined ? null : factsOf(report),
      failure: entry.failure ?? null,
      lines,
      linesDropped: entry.dropped + dropped,
    };
  }

  clear(): void {
    this.#places.length = 0;
    this.#byLambdaId.clear();
    this.#characters = 0;
    this.#firstWithLines = this.#lastId + 1;
  }

  #entry(id: number): Entry | undefined {
    const entry = this.#places[id % keptRequests];
    return entry?.id === id ? entry : undefined;
  }

  #entryOf(lambdaId: string | undefined, time: number): Entry {
    const known = lambdaId === undefined ? undefined : this.#byLambdaId.get(lambdaId);
    if (known !== undefined) return known;
    this.#lastId += 1;
    const id = this.#lastId;
    this.#forget(this.#places[id % keptRequests]);
    const entry = newEntry(id, time, lambdaId);
    this.#places[id % keptRequests] = entry;
    if (lambdaId !== undefined) this.#byLambdaId.set(lambdaId, entry);
    return entry;
  }

  #forget(oldest: Entry | undefined): void {
    if (oldest === undefined) return;
    if (oldest.lambdaId !== undefined) this.#byLambdaId.delete(oldest.lambdaId);
    this.#characters -= oldest.report?.log.characters ?? 0;
  }

  /** A long log is cut now, and a short one when somebody reads it. */
  #keepReport(entry: Entry, report: InvocationReport): void {
    this.#characters -= entry.report?.log.characters ?? 0;
    if (report.log.characters <= shortCharacters) {
      entry.report = report;
    } else {
      const log = keepLines(report.log.lines);
      entry.report = { ...report, log };
      entry.dropped = log.dropped;
    }
    this.#characters += entry.report.log.characters;
  }

  #forgetOldLines(): void {
    for (; this.#characters > keptCharacters; this.#firstWithLines += 1) {
      const entry = this.#entry(this.#firstWithLines);
      if (entry?.report === undefined) continue;
      const { log } = entry.report;
      this.#characters -= log.characters;
      entry.dropped += log.lines.length;
      entry.report = { ...entry.report, log: noLog };
    }
  }
}

interface Entry {
  readonly id: number;
  readonly time: number;
  readonly lambdaId: string | undefined;
  function: string | undefined;
  ok: boolean;
  access: Access | undefined;
  report: InvocationReport | undefined;
  failure: string | undefined;
  /** How many lines, or parts of lines, were cut already. */
  dropped: number;
}

/** All of them have the same form, which is what V8 is quick with. */
function newEntry(id: number, time: number, lambdaId: string | undefined): Entry {
  return {
    id,
    time,
    lambdaId,
    function: undefined,
    ok: true,
    access: undefined,
    report: undefined,
    failure: undefined,
    dropped: 0,
  };
}

function factsOf({ log: _, ...facts }: InvocationReport): ReportFacts {
  return facts;
}

const noLog: WrittenLog = { lines: [], characters: 0 };

function summaryOf({ id, time, access, report, ok, ...entry }: Entry): RequestSummary {
  return {
    id,
    time,
    method: access?.method ?? "INVOKE",
    path: access?.path ?? "",
    status: access?.status ?? null,
    milliseconds: access?.milliseconds ?? report?.durationMilliseconds ?? 0,
    function: access?.function ?? entry.function ?? null,
    failed: !ok,
    initMilliseconds: report?.initMilliseconds ?? access?.initMilliseconds ?? null,
  };
}
