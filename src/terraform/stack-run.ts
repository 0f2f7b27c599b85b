import path from "node:path";
import { LambdakitError } from "../errors/index.ts";
import {
  digest,
  fileExists,
  readBytes,
  readJsonFile,
  removeFile,
  replaceFile,
} from "../system/index.ts";
import { type Change, changesOf, shownChanges } from "./changes.ts";
import type { TerraformProgram } from "./find-terraform.ts";
import type { PlannedChange } from "./message.ts";
import { Terraform } from "./terraform.ts";
import { readUnfinishedApply, type UnfinishedApply } from "./unfinished-apply.ts";
import { copyStack, type Stack } from "./working-copy.ts";

export interface StackOptions {
  readonly terraform: TerraformProgram;
  readonly stack: Stack;
  /** Where Terraform runs, and plans are kept. */
  readonly folder: string;
  /** Where the stack's source is. @default that of lambdakit */
  readonly source?: string | undefined;
  /** Further files of the stack, by name. */
  readonly more?: Readonly<Record<string, string>>;
  /** Of the backend: where the state lies. */
  readonly backend: Readonly<Record<string, string>>;
  /** By the name of what they say, such as `artifacts`: each becomes a file of variables. */
  readonly variables: Readonly<Record<string, object>>;
  readonly environment: string;
  readonly interrupted?: AbortSignal | undefined;
  /** A profile of `~/.aws/config`. @default whoever the environment says */
  readonly profile?: string | undefined;
  /** Tells of each step, in the past tense. */
  readonly onStep: (what: string) => void;
}

/** What a saved plan was made of, and when. */
interface SavedPlan {
  readonly madeAt: string;
  readonly destroys: boolean;
  /** SHA-256 of the plan's file, and of everything that went in, by its name. */
  readonly planSha256: string;
  readonly madeOf: Readonly<Record<string, string>>;
}

/** A stack in one environment: prepared, planned, applied. */
export class StackRun {
  /** SHA-256 of the stack and its modules, without further files, and without what it is told by variables. */
  readonly stackSha256: string;
  readonly #options: StackOptions;
  readonly #terraform: Terraform;
  readonly #madeOf: Readonly<Record<string, string>>;
  #unfinished: UnfinishedApply | undefined;

  /**
   * Copies the stack, writes its variables, prepares Terraform.
   *
   * @throws {LambdakitError} as `terraformFailure` says
   */
  static async open(options: StackOptions): Promise<StackRun> {
    const { folder, stack, source, more, variables, onStep } = options;
    const copy = await copyStack(folder, stack, {
      ...(source !== undefined && { source }),
      ...(more !== undefined && { more }),
    });
    const texts = Object.entries(variables).map(([name, one]): [string, string] => [
      name,
      `${JSON.stringify(one, null, 2)}\n`,
    ]);
    for (const [name, text] of texts) await replaceFile(variablesFile(folder, name), text);
    const further = new Set(
      Object.keys(more ?? {}).map((name) => path.join("stacks", stack, name)),
    );
    const digests = [...copy.files].map(([name, contents]) => [name, digest(contents)] as const);
    const digestOf = (files: typeof digests) =>
      digest(
        files
          .map((one) => one.join(" "))
          .sort()
          .join("\n"),
      );
    const madeOf = Object.fromEntries([
      ["stack", digestOf(digests)],
      ...texts.map(([name, text]) => [name, digest(text)]),
    ]);
    const stackSha256 = digestOf(digests.filter(([name]) => !further.has(name)));
    const run = new StackRun(options, copy.directory, madeOf, stackSha256);
    await run.#prepare(copy.directory, madeOf.stack ?? "");
    onStep("prepared Terraform");
    return run;
  }

  private constructor(
    options: StackOptions,
    directory: string,
    madeOf: Readonly<Record<string, string>>,
    stackSha256: string,
  ) {
    const { terraform, environment, interrupted, profile, folder, variables } = options;
    this.#options = options;
    this.#madeOf = madeOf;
    this.stackSha256 = stackSha256;
    this.#terraform = new Terraform({
      terraform,
      directory,
      variableFiles: Object.keys(variables).map((name) => variablesFile(folder, name)),
      environment,
      interrupted,
      profile,
    });
  }

  /** What the last apply had done, where it failed or was cut off; known once there is a plan. */
  get unfinished(): UnfinishedApply | undefined {
    return this.#unfinished;
  }

  /** Plans, and keeps the plan for {@link apply}. */
  async plan({ destroys = false } = {}): Promise<readonly Change[]> {
    const { onStep } = this.#options;
    await removeFile(this.#recordFile);
    const planned = await this.#terraform.plan(this.#planFile, destroys);
    onStep("planned");
    // Not before: until it had the lock, the apply of a command that was killed may have been going on.
    this.#unfinished = await readUnfinishedApply(this.#applyLog);
    const changes = await this.#describe(planned);
    const record: SavedPlan = {
      madeAt: new Date().toISOString(),
      destroys,
      planSha256: digest(await readBytes(this.#planFile)),
      madeOf: this.#madeOf,
    };
    await replaceFile(this.#recordFile, `${JSON.stringify(record, null, 2)}\n`);
    const isSettled = this.#unfinished?.isComplete || changes.length === 0;
    if (isSettled) await removeFile(this.#applyLog);
    return changes;
  }

  /** To read a plan takes Terraform seconds, and what is made or deleted has no old values and new ones. */
  async #describe(planned: readonly PlannedChange[]): Promise<readonly Change[]> {
    const isEnough = planned.every(({ action }) => action !== "update" && action !== "replace");
    if (isEnough) return changesOf(planned);
    const shown = await this.#terraform.show(this.#planFile);
    this.#options.onStep("read the plan");
    return changesOf(planned, shown);
  }

  /**
   * The changes of the plan that was saved last.
   *
   * @throws {LambdakitError} DEPLOY_NO_SAVED_PLAN; DEPLOY_PLAN_STALE where it was made of something else than there is now
   */
  async savedChanges({ destroys = false } = {}): Promise<readonly Change[]> {
    const { environment } = this.#options;
    const fix = `lambdakit plan --env ${environment}`;
    const record = (await readJsonFile(this.#recordFile).catch(() => undefined)) as
      | SavedPlan
      | undefined;
    if (record === undefined || record.destroys !== destroys || !fileExists(this.#planFile)) {
      const message = `There is no saved plan for ${environment}.`;
      throw new LambdakitError("DEPLOY_NO_SAVED_PLAN", { message, fix });
    }
    const stale = Object.keys(this.#madeOf).filter(
      (name) => record.madeOf[name] !== this.#madeOf[name],
    );
    if (digest(await readBytes(this.#planFile)) !== record.planSha256) stale.push("plan itself");
    if (stale.length > 0) {
      const message = `The plan for ${environment} of ${record.madeAt} is not of what is here now: the ${stale.join(" and the ")} changed.`;
      throw new LambdakitError("DEPLOY_PLAN_STALE", {
        message,
        fix: `${fix}, and look at it again`,
      });
    }
    return shownChanges(await this.#terraform.show(this.#planFile));
  }

  /** Applies the plan that was saved, exactly, and forgets it. */
  async apply(): Promise<void> {
    await removeFile(this.#recordFile);
    await this.#terraform.apply(this.#planFile, this.#applyLog);
    await removeFile(this.#applyLog);
    await removeFile(this.#planFile);
    this.#options.onStep("applied");
  }

  /** Whether there is nothing to do any more, by the exit code of `terraform plan -detailed-exitcode`. */
  isEmpty(): Promise<boolean> {
    return this.#terraform.isEmpty();
  }

  /** The ids of what the state has, by address. */
  ids(): Promise<ReadonlyMap<string, string>> {
    return this.#terraform.ids();
  }

  /** Lets the state forget a resource, which stays as it is. One that it does not have stays forgotten. */
  async removeFromState(address: string): Promise<void> {
    if ((await this.ids()).has(address)) await this.#terraform.forget(address);
  }

  outputs(): Promise<Readonly<Record<string, unknown>>> {
    return this.#terraform.outputs();
  }

  unlock(lockId: string): Promise<void> {
    return this.#terraform.unlock(lockId);
  }

  /** Terraform need not look for its provider again where nothing that decides about it has changed. */
  async #prepare(directory: string, stackDigest: string): Promise<void> {
    const { backend, terraform, onStep } = this.#options;
    // Whoever takes away what Terraform has prepared, takes away the word of it.
    const file = path.join(directory, ".terraform", "prepared.json");
    const wanted = JSON.stringify({ stackDigest, backend, version: terraform.version });
    const before = await readBytes(file).catch(() => undefined);
    if (before === undefined || Buffer.from(before).toString() !== wanted) {
      await this.#terraform.init(backend);
      await replaceFile(file, wanted);
    }
    const lost = path.join(directory, "errored.tfstate");
    if (!fileExists(lost)) return;
    await this.#terraform.pushState(lost);
    await removeFile(lost);
    onStep("wrote down the state that could not be written the last time");
  }

  get #planFile(): string {
    return path.resolve(this.#options.folder, "plan.tfplan");
  }

  get #applyLog(): string {
    return path.resolve(this.#options.folder, "apply.jsonl");
  }

  get #recordFile(): string {
    return path.join(this.#options.folder, "plan.json");
  }
}

function variablesFile(folder: string, name: string): string {
  return path.resolve(folder, `${name}.tfvars.json`);
}
