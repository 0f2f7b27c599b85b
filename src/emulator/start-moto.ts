/** moto's AWS API emulator, as a process of its own for each test: a few calls spoil its state for ever. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { setTimeout } from "node:timers/promises";

/** What gets it. */
export const getMoto = "pip install 'moto[server]>=5.2'";

/** Whether moto is on this machine; else the way to get it. */
export function findMoto(): readonly string[] {
  const { status } = spawnSync("moto_server", ["--help"], { stdio: "ignore" });
  return status === 0 ? [] : [`moto_server is not in PATH: ${getMoto}`];
}

export interface Moto {
  readonly url: string;
  /** What the provider, the S3 backend and AWS CLI need to talk to it, and to nothing else. */
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/**
 * @param accountId the only account; where it is left out, each call is for the account of its credentials
 * @param managedPolicies those of IAM that AWS has in every account; they take a second for each account
 */
export async function startMoto(
  region: string,
  accountId?: string,
  managedPolicies = true,
): Promise<Moto> {
  // It takes a port that nobody has, and says which: one that was looked for before could be another's by then.
  const child = spawn("moto_server", ["-H", "127.0.0.1", "-p", "0"], {
    stdio: ["ignore", "ignore", "pipe"],
    env: {
      ...withoutAws(process.env),
      ...(accountId !== undefined && { MOTO_ACCOUNT_ID: accountId }),
      MOTO_IAM_LOAD_MANAGED_POLICIES: String(managedPolicies),
      // Seconds until a certificate is issued.
      MOTO_ACM_VALIDATION_WAIT: "1",
    },
  });
  const ended = once(child, "exit");
  const stop = async () => {
    child.kill("SIGKILL");
    await ended;
  };
  const url = await Promise.race([
    addressIn(child.stderr),
    ended.then(([code]) => Promise.reject(new Error(`moto_server ended with ${code}`))),
    setTimeout(30_000, undefined, { ref: false }),
  ]);
  if (url === undefined) {
    await stop();
    throw new Error("moto_server does not answer after 30 seconds");
  }
  return {
    url,
    env: {
      AWS_ENDPOINT_URL: url,
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test", // not-a-secret: moto takes any
      AWS_REGION: region,
    },
    stop,
  };
}

/** moto asks AWS's own library of Python, which fails where a profile is named that it does not find. */
function withoutAws(variables: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => !name.startsWith("AWS_")));
}

/** Where it says that it listens; what else it says is read, and forgotten. */
function addressIn(stderr: Readable): Promise<string> {
  return new Promise((resolve) => {
    createInterface(stderr).on("line", (line) => {
      const [, url] = /Running on (http:\S+)/.exec(line) ?? [];
      if (url !== undefined) resolve(url);
    });
  });
}
