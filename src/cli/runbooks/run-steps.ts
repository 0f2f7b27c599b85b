import { filledIn, type PlacedStep, type Placeholder } from "../../runbook/index.ts";

/** How a command ended, and what it has said. */
export interface Ended {
  readonly exitCode: number;
  /** On stdout. */
  readonly said: string;
  /** On stderr. */
  readonly complained: string;
}

/** A command that runs on. */
export interface KeptUp {
  /** Whether it has said that it is up; it has ended where it has not. */
  readonly isUp: boolean;
  /** Ends it as Ctrl-C would, and waits for that. */
  stop(): Promise<Ended>;
}

export interface StepPorts {
  /** Runs a command to its end; 127 where there is no such program. */
  run(words: readonly string[]): Promise<Ended>;
  /** @param up what it says when it is up */
  keepUp(words: readonly string[], up: string): Promise<KeptUp>;
  /** Undefined where nobody is there. */
  ask(question: string): Promise<boolean | undefined>;
  /** Told before each step. */
  onStep(placed: PlacedStep, words: readonly string[] | null, at: number): void;
  now(): number;
}

export interface RunOptions {
  /** What the commands have to be told. */
  readonly values: Readonly<Partial<Record<Placeholder, string>>>;
  /** `--yes`: agreed to everything beforehand. */
  readonly isAgreed: boolean;
  /** The words of the environment were typed: enough where nobody can be asked. */
  readonly isWorded: boolean;
  /** `--done`: what people do by hand is done. */
  readonly isDoneByHand: boolean;
  readonly interrupted: AbortSignal;
}

export interface StepRecord {
  readonly id: string;
  readonly section: string;
  /** As it was typed; null of what a person does. */
  readonly command: readonly string[] | null;
  readonly outcome: "passed" | "failed" | "declined" | "interrupted";
  /** Null where nothing was run. */
  readonly exitCode: number | null;
  readonly said: string;
  readonly complained: string;
  readonly milliseconds: number;
}

export interface StepsRun {
  readonly outcome: StepRecord["outcome"];
  /** What was begun, in order: the last one is where it stopped. */
  readonly steps: readonly StepRecord[];
}

/** Goes through steps, one after the other, until one does not pass. What stays up is ended with its section. */
export async function runSteps(
  placed: readonly PlacedStep[],
  options: RunOptions,
  ports: StepPorts,
): Promise<StepsRun> {
  const records: StepRecord[] = [];
  const values: Partial<Record<Placeholder, string>> = { ...options.values };
  let up: { readonly section: string; readonly kept: KeptUp } | undefined;
  const stopUp = async () => {
    const { kept } = up ?? {};
    up = undefined;
    await kept?.stop();
  };
  try {
    for (const [at, one] of placed.entries()) {
      const { section, step } = one;
      if (up !== undefined && up.section !== section) await stopUp();
      const words = step.command === null ? null : filledIn(step.command, values);
      ports.onStep(one, words, at);
      const began = ports.now();
      const note = (outcome: StepRecord["outcome"], ended?: Ended) => {
        const { exitCode = null, said = "", complained = "" } = ended ?? {};
        const milliseconds = Math.round(ports.now() - began);
        const command = step.isByHand ? null : words;
        records.push({
          id: step.id,
          section,
          command,
          outcome,
          exitCode,
          said,
          complained,
          milliseconds,
        });
      };
      if (!(await isAgreed(one, options, ports))) {
        note(options.interrupted.aborted ? "interrupted" : "declined");
        break;
      }
      if (step.isByHand || words === null) {
        note("passed");
        continue;
      }
      if (step.staysUp !== null) {
        const kept = await ports.keepUp(words, step.staysUp);
        if (kept.isUp) up = { section, kept };
        note(kept.isUp ? "passed" : "failed", kept.isUp ? undefined : await kept.stop());
      } else {
        const ended = await ports.run(words);
        const passed = step.passes.includes(ended.exitCode);
        note(options.interrupted.aborted ? "interrupted" : passed ? "passed" : "failed", ended);
        Object.assign(values, givenBy(one, ended));
      }
      if (records.at(-1)?.outcome !== "passed") break;
    }
  } finally {
    await stopUp();
  }
  return { outcome: records.at(-1)?.outcome ?? "passed", steps: records };
}

async function isAgreed(
  { step }: PlacedStep,
  options: RunOptions,
  ports: StepPorts,
): Promise<boolean> {
  if (step.isByHand) return options.isDoneByHand || (await ports.ask("Is that done?")) === true;
  if (!step.changes || options.isAgreed) return true;
  return (await ports.ask("Run it?")) ?? options.isWorded;
}

/** What a command has said that a later one needs. */
function givenBy({ step }: PlacedStep, { said, complained }: Ended) {
  return Object.fromEntries(
    Object.entries(step.gives).flatMap(([name, pattern]) => {
      const [, value] = new RegExp(pattern).exec(`${said}\n${complained}`) ?? [];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
