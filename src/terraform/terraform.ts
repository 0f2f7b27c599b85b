import { LambdakitError } from "../errors/index.ts";
import { type ProgramRun, runProgram } from "../system/index.ts";
import { terraformFailure } from "./failure.ts";
import type { TerraformProgram } from "./find-terraform.ts";
import { type Diagnostic, type Message, type PlannedChange, readMessages } from "./message.ts";
import type { ShownPlan } from "./shown-plan.ts";
import { idsOf } from "./state.ts";

export interface TerraformOptions {
  readonly terraform: TerraformProgram;
  /** The folder of the stack. */
  readonly directory: string;
  /** What `plan` is given. */
  readonly variableFiles?: readonly string[];
  /** The environment that it is about, for what is said of failures. */
  readonly environment: string;
  readonly interrupted?: AbortSignal | undefined;
  /** A profile of `~/.aws/config`. @default whoever the environment says */
  readonly profile?: string | undefined;
}

/** Terraform in one folder. Each call throws what `terraformFailure` says. */
export class Terraform {
  readonly #options: TerraformOptions;

  constructor(options: TerraformOptions) {
    this.#options = options;
  }

  /** @param backend `-backend-config`s by name */
  async init(backend: Readonly<Record<string, string>>): Promise<void> {
    const given = Object.entries(backend).map(([key, value]) => `-backend-config=${key}=${value}`);
    await this.#run("init", ["-json", "-reconfigure", ...given]);
  }

  /**
   * @param file the plan's
   * @returns what it would do
   */
  async plan(file: string, destroy = false): Promise<readonly PlannedChange[]> {
    const { variableFiles = [] } = this.#options;
    const variables = variableFiles.map((one) => `-var-file=${one}`);
    const messages = await this.#run("plan", [
      "-json",
      `-out=${file}`,
      ...(destroy ? ["-destroy"] : []),
      ...variables,
    ]);
    return messages.flatMap((one) => (one.type === "planned" ? [one.change] : []));
  }

  /** Whether there is nothing to do, by Terraform's own exit code: 0 for nothing, 2 for something. */
  async isEmpty(): Promise<boolean> {
    const { variableFiles = [] } = this.#options;
    const variables = variableFiles.map((one) => `-var-file=${one}`);
    const args = ["-json", "-detailed-exitcode", ...variables];
    const { status, output, complaint } = await this.#start("plan", args);
    if (status === 2) return false;
    this.#messagesOf("plan", { status, output, complaint });
    return true;
  }

  async show(file: string): Promise<ShownPlan> {
    return JSON.parse(await this.#read("show", ["-json", file]));
  }

  /**
   * @param log gets every message as it comes, even where this process is killed: Terraform goes on, and
   * writes its state and takes its lock away
   */
  async apply(file: string, log: string): Promise<void> {
    await this.#run("apply", ["-json", file], log);
  }

  /** The stack's outputs, by name. */
  async outputs(): Promise<Readonly<Record<string, unknown>>> {
    const outputs: Record<string, { value: unknown }> = JSON.parse(
      await this.#read("output", ["-json"]),
    );
    return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
  }

  /** The ids of what the state has, by address. */
  async ids(): Promise<ReadonlyMap<string, string>> {
    return idsOf(await this.#read("state", ["pull"]));
  }

  /** Lets the state forget a resource, which stays as it is. */
  async forget(address: string): Promise<void> {
    await this.#read("state", ["rm", address]);
  }

  /** Writes down a state that could not be written when it was made. */
  async pushState(file: string): Promise<void> {
    await this.#read("state", ["push", file]);
  }

  async unlock(lockId: string): Promise<void> {
    await this.#read("force-unlock", ["-force", lockId]);
  }

  async #run(
    command: string,
    args: readonly string[],
    outputFile?: string,
  ): Promise<readonly Message[]> {
    return this.#messagesOf(command, await this.#start(command, args, outputFile));
  }

  #messagesOf(
    command: string,
    { status, output, complaint }: Pick<ProgramRun, "status" | "output" | "complaint">,
  ): readonly Message[] {
    const messages = readMessages(output);
    this.#throwIfInterrupted(afterwards(command));
    if (status === 0) return messages;
    const diagnostics = messages.flatMap((one) =>
      one.type === "diagnostic" ? [one.diagnostic] : [],
    );
    throw this.#failure(command, diagnostics, complaint);
  }

  async #read(command: string, args: readonly string[]): Promise<string> {
    const { status, output, complaint } = await this.#start(command, args);
    this.#throwIfInterrupted(afterwards(command));
    if (status === 0) return output;
    throw this.#failure(command, [], complaint);
  }

  #failure(command: string, diagnostics: readonly Diagnostic[], complaint: string): LambdakitError {
    const { environment, directory, variableFiles = [] } = this.#options;
    return terraformFailure({
      command,
      diagnostics,
      complaint,
      environment,
      directory,
      variableFiles,
    });
  }

  async #start(command: string, args: readonly string[], outputFile?: string) {
    const { terraform, directory, interrupted, profile } = this.#options;
    this.#throwIfInterrupted(`It came before terraform ${command}, which was not begun.`);
    return runProgram(terraform.program, [command, ...args], {
      directory,
      variables: { ...process.env, ...quiet, ...(profile !== undefined && variablesOf(profile)) },
      ...(outputFile !== undefined && { outputFile }),
      ...(interrupted !== undefined && { interrupted }),
    });
  }

  #throwIfInterrupted(what: string): void {
    const { interrupted } = this.#options;
    if (!interrupted?.aborted) return;
    throw new LambdakitError("DEPLOY_INTERRUPTED", {
      message: `You have interrupted it. ${what}`,
      fix: "run the command again: it carries on with the rest",
    });
  }
}

/** To AWS's SDK for Go, keys in variables go before a profile. */
function variablesOf(profile: string): NodeJS.ProcessEnv {
  return {
    AWS_PROFILE: profile,
    AWS_ACCESS_KEY_ID: undefined,
    AWS_SECRET_ACCESS_KEY: undefined,
    AWS_SESSION_TOKEN: undefined,
  };
}

function afterwards(command: string): string {
  return `terraform ${command} has finished what it had begun, and written it down.`;
}

/** It asks nobody, and gives no advice for a terminal that is not there. */
const quiet = { TF_IN_AUTOMATION: "1", TF_INPUT: "0", CHECKPOINT_DISABLE: "1" };
