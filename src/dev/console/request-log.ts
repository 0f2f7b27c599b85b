import type { Access } from "../gateway/gateway.ts";
import type { InvocationReport } from "../host/invocation.ts";
import { type KeptLines, keepLines } from "./kept-lines.ts";

/** How many requests are kept; older ones are forgotten. */
export const keptRequests = 500;

/** All log lines of all requests together; the oldest lose theirs first. */
const keptCharacters = 16 * 1024 * 1024;

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

/** What is shown of one request that somebody picks. */
export interface RequestDetail extends RequestSummary {
  readonly requestId: string | null;
  readonly report: Omit<InvocationReport, "lines"> | null;
  /** Why it failed, for a person. */
  readonly failure: string | null;
  readonly lines: readonly string[];
  /** How many further lines, or parts of lines, are not kept. */
  readonly linesDropped: number;
}

/**
 * The last requests, in memory. What stands in several events about one request (its answer, its
 * report, its failure) is put together by Lambda's request id, in whichever order they come.
 */
export class RequestLog {
  readonly #entries = new Map<number, Entry>();
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
    const { lines, ...facts } = report;
    entry.function = functionKey;
    entry.ok = ok;
    entry.report = facts;
    this.#characters -= entry.kept.characters;
    entry.kept = keepLines(lines);
    this.#characters += entry.kept.characters;
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
    const entry = this.#entries.get(id);
    return entry && summaryOf(entry);
  }

  /** Oldest first. */
  summaries(): RequestSummary[] {
    return [...this.#entries.values()].map(summaryOf);
  }

  detail(id: number): RequestDetail | undefined {
    const entry = this.#entries.get(id);
    return (
      entry && {
        ...summaryOf(entry),
        requestId: entry.access?.requestId ?? null,
        report: entry.report ?? null,
        failure: entry.failure ?? null,
        lines: entry.kept.lines,
        linesDropped: entry.kept.dropped,
      }
    );
  }

  clear(): void {
    this.#entries.clear();
    this.#byLambdaId.clear();
    this.#characters = 0;
    this.#firstWithLines = this.#lastId + 1;
  }

  #entryOf(lambdaId: string | undefined, time: number): Entry {
    const known = lambdaId === undefined ? undefined : this.#byLambdaId.get(lambdaId);
    if (known !== undefined) return known;
    this.#lastId += 1;
    const entry: Entry = { id: this.#lastId, time, lambdaId, ok: true, kept: noLines };
    this.#entries.set(entry.id, entry);
    if (lambdaId !== undefined) this.#byLambdaId.set(lambdaId, entry);
    if (this.#entries.size > keptRequests) this.#forgetOldest();
    return entry;
  }

  /** By its number: a Map that is asked for its first entry passes all that were deleted before it. */
  #forgetOldest(): void {
    const oldest = this.#entries.get(this.#lastId - keptRequests);
    if (oldest === undefined) return;
    this.#entries.delete(oldest.id);
    if (oldest.lambdaId !== undefined) this.#byLambdaId.delete(oldest.lambdaId);
    this.#characters -= oldest.kept.characters;
  }

  #forgetOldLines(): void {
    for (; this.#characters > keptCharacters; this.#firstWithLines += 1) {
      const entry = this.#entries.get(this.#firstWithLines);
      if (entry === undefined) continue;
      this.#characters -= entry.kept.characters;
      const { lines, dropped } = entry.kept;
      entry.kept = { lines: [], dropped: dropped + lines.length, characters: 0 };
    }
  }
}

interface Entry {
  readonly id: number;
  readonly time: number;
  readonly lambdaId: string | undefined;
  function?: string;
  ok: boolean;
  access?: Access;
  report?: Omit<InvocationReport, "lines">;
  failure?: string;
  kept: KeptLines;
}

const noLines: KeptLines = { lines: [], dropped: 0, characters: 0 };

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
