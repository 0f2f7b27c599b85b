import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { makeCertificate } from "./certificate.ts";
import { lambdaNode } from "./lambda-node.ts";

export interface Stub {
  readonly http: string;
  readonly https: string;
  /** The file of the certificate that its HTTPS has. */
  readonly certificate: string;
  stop(): void;
}

/** Starts `stub.mjs` as a process, with a certificate that is made for this run. */
export async function startStub(workDirectory: string): Promise<Stub> {
  const { keyFile, certificateFile } = makeCertificate(workDirectory, "stub");
  const program = fileURLToPath(new URL("stub.mjs", import.meta.url));
  const child = spawn(lambdaNode().program, [program, keyFile, certificateFile], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await Promise.race([
    once(createInterface({ input: child.stdout }), "line"),
    once(child, "exit").then(() => Promise.reject(new Error("The stub ended at its start."))),
  ]);
  const [http, https] = JSON.parse(line);
  return {
    http: `http://127.0.0.1:${http}`,
    https: `https://127.0.0.1:${https}`,
    certificate: certificateFile,
    stop: () => {
      child.kill();
    },
  };
}
