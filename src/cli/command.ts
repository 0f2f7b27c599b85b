import type { Terminal } from "../system/index.ts";

/** One option of a command. */
export type Option =
  | {
      readonly type: "flag";
      readonly description: string;
      /** Its letter, where it has one. */
      readonly short?: string;
    }
  | {
      /** Texts may be written several times. */
      readonly type: "text" | "texts" | "integer";
      /** What stands for the value in help, such as `DIR`. */
      readonly placeholder: string;
      readonly description: string;
      readonly default?: string;
      /** What it is where it is written without a value. @default an error */
      readonly bare?: string;
    }
  | {
      readonly type: "choice";
      readonly choices: readonly string[];
      readonly description: string;
      readonly default?: string;
    };

/** What stands around a command: replaced as a whole in tests. */
export interface World {
  readonly terminal: Terminal;
  /** Aborted by Ctrl-C. */
  readonly interrupted: AbortSignal;
}

/** All commands, for the one that runs others. */
export interface CommandLine {
  readonly names: readonly string[];
  commands(): Promise<readonly Command[]>;
  /** Runs one as `lambdakit` with these arguments would. @returns its exit code */
  run(args: readonly string[], world: World): Promise<number>;
}

/** Options and arguments, parsed and checked. */
export interface Input {
  readonly arguments: readonly string[];
  flag(name: string): boolean;
  text(name: string): string | undefined;
  integer(name: string): number | undefined;
  /** Each of the values, in the order in which they are written. */
  texts(name: string): readonly string[];
}

/** One command: one file, with its help, its options and what it does. */
export interface Command {
  readonly name: string;
  /** One line, for the list of commands. */
  readonly summary: string;
  /** What it does, and what it does not. */
  readonly description: string;
  readonly examples: readonly string[];
  readonly options: Readonly<Record<string, Option>>;
  /** The names of the arguments that it takes, all of them optional; any number of the last, where it ends in `...`. */
  readonly arguments: readonly string[];
  /** @returns the exit code */
  run(input: Input, world: World, cli: CommandLine): Promise<number>;
}

/** What every command has. */
export const commonOptions = {
  service: {
    type: "text",
    placeholder: "DIR",
    description: "the folder of service.ts",
    default: ".",
  },
  json: { type: "flag", description: "one JSON document (JSON Lines for streams) on stdout" },
  quiet: { type: "flag", description: "no progress and no messages, only the answer" },
  "no-color": { type: "flag", description: "no colours; NO_COLOR=1 does the same" },
  help: { type: "flag", description: "show this help", short: "h" },
} as const satisfies Record<string, Option>;
