import { rmSync } from "node:fs";
import { rm } from "node:fs/promises";
import type { FunctionPlan } from "../../plan/index.ts";
import { makeTemporaryFolder } from "../temporary-folders.ts";
import { newLogStreamName } from "./context.ts";
import type {
  Code,
  Environment,
  EnvironmentOptions,
  Spare,
  StartEnvironment,
} from "./environment.ts";
import { variablesWithin } from "./environment-variables.ts";
import { packageImports } from "./package-imports.ts";

/** As long as an init phase may take. */
const patienceMilliseconds = 10_000;

/** What an environment is made of. */
export interface Ingredients {
  readonly lambda: FunctionPlan;
  readonly code: Code;
  readonly variables: Readonly<Record<string, string>>;
}

/**
 * An environment that is started ahead of the code that it will run: most of what a cold start takes is
 * the same for the code before an edit and after it. Nobody is told of it before it has got its code.
 * Where anything else is to be than when it was prepared, or a package had something to say while it was
 * loaded, it is of no use, and an environment is started as always.
 */
export class SpareEnvironment {
  readonly name = newLogStreamName();
  readonly temporaryDirectory = makeTemporaryFolder();
  readonly #spare: Spare;
  readonly #described: string;
  #spoilt = false;
  #patience: NodeJS.Timeout | undefined;

  /** @returns undefined where such environments cannot be prepared: nothing is lost but time */
  static prepare(ingredients: Ingredients, start: StartEnvironment): SpareEnvironment | undefined {
    const { prepare } = start;
    if (prepare === undefined || ingredients.code.module === undefined) return undefined;
    try {
      return new SpareEnvironment(ingredients, prepare);
    } catch {
      return undefined;
    }
  }

  private constructor(ingredients: Ingredients, prepare: NonNullable<StartEnvironment["prepare"]>) {
    const { lambda, code, variables } = ingredients;
    const { name, temporaryDirectory } = this;
    const imports = packageImports(code);
    this.#described = describe(ingredients);
    const spoil = () => this.#spoil();
    try {
      this.#spare = prepare({
        name,
        lambda,
        code,
        variables: variablesWithin(variables, { name, temporaryDirectory }),
        temporaryDirectory,
        freeze: true,
        imports,
        onLine: spoil,
        onEnd: spoil,
      });
    } catch (error) {
      rmSync(temporaryDirectory, { recursive: true });
      throw error;
    }
    // A package that never comes to an end would take a processor for ever.
    const look = () => void (this.#spare.waiting || this.#spoil());
    this.#patience = setTimeout(look, patienceMilliseconds).unref();
  }

  /** Whether it differs from this in the function's own code alone, ready or not. */
  isFor(ingredients: Ingredients): boolean {
    return describe(ingredients) === this.#described;
  }

  /** Whether it can be used for this, now. */
  fits(ingredients: Ingredients): boolean {
    return !this.#spoilt && this.#spare.waiting && this.isFor(ingredients);
  }

  start(options: EnvironmentOptions): Environment {
    clearTimeout(this.#patience);
    return this.#spare.give(options);
  }

  async stop(): Promise<void> {
    this.#spoilt = true;
    clearTimeout(this.#patience);
    await this.#spare.stop();
    await rm(this.temporaryDirectory, { recursive: true, force: true });
  }

  /** It stays as a mark that there is no use in another one of the kind. */
  #spoil(): void {
    if (!this.#spoilt) void this.stop();
  }
}

function describe({ lambda, code, variables }: Ingredients): string {
  const { module, ...around } = code;
  return JSON.stringify([lambda, around, variables, module !== undefined, packageImports(code)]);
}
