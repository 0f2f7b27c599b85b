import type { InvocationReport } from "../host/invocation.ts";

/** What one function did since `dev` was started. */
export interface FunctionFigures {
  readonly function: string;
  readonly invocations: number;
  readonly errors: number;
  readonly coldStarts: number;
  /** Of the last thousand invocations; null where there is none. */
  readonly durationP50Milliseconds: number | null;
  readonly durationP95Milliseconds: number | null;
  /** Of the last thousand cold starts; null where there is none. */
  readonly initP50Milliseconds: number | null;
  /** The most that any invocation reported; null before the first. */
  readonly maxMemoryUsedMb: number | null;
  /** Environments that are answering, and those that wait for work. */
  readonly busy: number;
  readonly idle: number;
}

/** The execution environments that are alive. */
export interface EnvironmentState {
  /** The function's key in the manifest. */
  readonly function: string;
  readonly busy: boolean;
}

/** Counts, and keeps enough durations for percentiles. */
export class FunctionTally {
  readonly #tallies = new Map<string, Tally>();

  invoked(functionKey: string, ok: boolean, report: InvocationReport): void {
    const tally = this.#tallyOf(functionKey);
    tally.invocations += 1;
    if (!ok) tally.errors += 1;
    tally.durations.add(report.durationMilliseconds);
    if (report.initMilliseconds !== undefined) {
      tally.coldStarts += 1;
      tally.inits.add(report.initMilliseconds);
    }
    tally.maxMemoryUsedMb = Math.max(tally.maxMemoryUsedMb, report.maxMemoryUsedMb);
  }

  /** In the order of these keys. */
  figures(
    keys: readonly string[],
    environments: readonly EnvironmentState[],
  ): readonly FunctionFigures[] {
    return keys.map((key) => {
      const tally = this.#tallies.get(key) ?? newTally();
      const alive = environments.filter((environment) => environment.function === key);
      const busy = alive.filter((environment) => environment.busy).length;
      return {
        function: key,
        invocations: tally.invocations,
        errors: tally.errors,
        coldStarts: tally.coldStarts,
        durationP50Milliseconds: tally.durations.percentile(50),
        durationP95Milliseconds: tally.durations.percentile(95),
        initP50Milliseconds: tally.inits.percentile(50),
        maxMemoryUsedMb: tally.invocations === 0 ? null : tally.maxMemoryUsedMb,
        busy,
        idle: alive.length - busy,
      };
    });
  }

  #tallyOf(functionKey: string): Tally {
    const known = this.#tallies.get(functionKey);
    if (known !== undefined) return known;
    const tally = newTally();
    this.#tallies.set(functionKey, tally);
    return tally;
  }
}

interface Tally {
  invocations: number;
  errors: number;
  coldStarts: number;
  maxMemoryUsedMb: number;
  readonly durations: LastValues;
  readonly inits: LastValues;
}

function newTally(): Tally {
  return {
    invocations: 0,
    errors: 0,
    coldStarts: 0,
    maxMemoryUsedMb: 0,
    durations: new LastValues(),
    inits: new LastValues(),
  };
}

/** The last thousand of any number of values. */
class LastValues {
  readonly #values: number[] = [];
  #added = 0;

  add(value: number): void {
    this.#values[this.#added % 1000] = value;
    this.#added += 1;
  }

  /** The nearest rank: a value that did occur. */
  percentile(percent: number): number | null {
    const sorted = this.#values.toSorted((a, b) => a - b);
    return sorted[Math.ceil((percent / 100) * sorted.length) - 1] ?? null;
  }
}
