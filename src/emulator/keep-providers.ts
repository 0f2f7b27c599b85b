/**
 * The AWS provider as a process that stays. Terraform otherwise starts it several times a command, and each
 * start builds the schema of everything that AWS has, which takes more than all else that the command does.
 * Meant for those who develop providers, so only for what runs on an emulator.
 *
 * @see https://developer.hashicorp.com/terraform/plugin/debugging#starting-a-provider-in-debug-mode (2026-11-27)
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

export interface Providers {
  /**
   * What Terraform has to find in its environment, beside the variables that it is given. The provider has the
   * variables from its start, so each set of them gets a process of its own. It has one configuration, whoever attaches to
   * it: of a stack with a second one, all would be made in a single region without a word.
   *
   * @param program the provider's
   */
  attach(program: string, variables: NodeJS.ProcessEnv): Promise<NodeJS.ProcessEnv>;
  stop(): Promise<void>;
}

interface Provider {
  readonly attached: NodeJS.ProcessEnv;
  stop(): Promise<void>;
}

/** Starts none before it is asked for. */
export function keepProviders(): Providers {
  const providers = new Map<string, Promise<Provider>>();
  return {
    async attach(program, variables) {
      const key = JSON.stringify([program, Object.entries(variables).sort()]);
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
