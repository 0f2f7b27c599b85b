/**
 * The AWS provider as a process that stays. Terraform otherwise starts it several times a command, and each
 * start builds the schema of everything that AWS has, which takes more than all else that the command does.
 * Meant for those who develop providers, so only for tests; those of a plain `apply`, and of a command that
 * is killed, leave it to Terraform.
 *
 * @see https://developer.hashicorp.com/terraform/plugin/debugging#starting-a-provider-in-debug-mode (2026-11-27)
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { findProvider, type TerraformTools } from "./terraform.ts";

const terraform = fileURLToPath(new URL("../terraform", import.meta.url));

export interface Providers {
  /**
   * What Terraform has to find in its environment, beside the variables that it is given. The provider has the
   * variables from its start, so each set of them gets a process of its own.
   *
   * @param stack what Terraform is run in, such as `stacks/service`
   */
  attach(variables: NodeJS.ProcessEnv, stack: string): Promise<NodeJS.ProcessEnv>;
  stop(): Promise<void>;
}

interface Provider {
  readonly attached: NodeJS.ProcessEnv;
  stop(): Promise<void>;
}

/** Starts none before it is asked for; where there is no program to start, Terraform does as ever. */
export function keepProviders(tools: TerraformTools): Providers {
  const program = findProvider(tools);
  const providers = new Map<string, Promise<Provider>>();
  const slow = new Set<string>();
  return {
    async attach(variables, stack) {
      if (program === undefined || !hasOneProvider(stack)) {
        if (!slow.has(stack)) {
          process.stderr.write(`Terraform starts the provider of ${stack} itself: slow.\n`);
        }
        slow.add(stack);
        return {};
      }
      const key = JSON.stringify(Object.entries(variables).sort());
      const started = providers.get(key) ?? startProvider(program, variables);
      providers.set(key, started);
      return (await started).attached;
    },
    async stop() {
      const started = await Promise.allSettled(providers.values());
      await Promise.all(
        started.map((one) => (one.status === "fulfilled" ? one.value.stop() : undefined)),
      );
    },
  };
}

async function startProvider(program: string, variables: NodeJS.ProcessEnv): Promise<Provider> {
  const child = spawn(program, ["-debug"], { env: variables, stdio: ["ignore", "pipe", "ignore"] });
  const ended = once(child, "exit");
  const where = new Promise<string>((resolve) => {
    createInterface(child.stdout).on("line", (line) => {
      const [, found] = /TF_REATTACH_PROVIDERS='(.*)'/.exec(line) ?? [];
      if (found !== undefined) resolve(found);
    });
  });
  const early = ended.then(([code]) => {
    throw new Error(`The AWS provider ended with ${code} before Terraform could use it.`);
  });
  const attached = { TF_REATTACH_PROVIDERS: await Promise.race([where, early]) };
  early.catch(() => {}); // From here on, an end is what `stop` waits for.
  return {
    attached,
    async stop() {
      child.kill("SIGINT"); // It takes its socket away.
      await ended;
    },
  };
}

/**
 * A process has one configuration, whoever attaches to it: a stack with a second one, for another region, would
 * be made in a single region without a word.
 */
function hasOneProvider(stack: string): boolean {
  const folder = path.join(terraform, stack);
  const files = readdirSync(folder).filter((file) => file.endsWith(".tf"));
  const text = files.map((file) => readFileSync(path.join(folder, file), "utf8")).join("\n");
  return (text.match(/^provider "aws"/gm) ?? []).length <= 1;
}
