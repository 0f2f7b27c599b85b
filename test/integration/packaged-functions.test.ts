import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ensureTable, startEngine, type TableEngine } from "../../src/dev/engine/index.ts";
import { type Listening, listen } from "../../src/dev/gateway/listen.ts";
import { codeCompilers, localToken } from "../../src/dev/index.ts";
import { issuerMount } from "../../src/dev/issuer/issuer-mount.ts";
import { openSigningKey } from "../../src/dev/issuer/signing-key.ts";
import { localPlan } from "../../src/dev/local-plan.ts";
import {
  buildArtifacts,
  loadService,
  type PackagedService,
  packageService,
} from "../../src/package/index.ts";
import type { ServicePlan } from "../../src/plan/index.ts";
import { usePackaged } from "../packaged-service.ts";
import { expectedStatuses, readmeSession } from "../readme-session.ts";

const servePackaged = usePackaged();
const root = fileURLToPath(new URL("../..", import.meta.url));

describe("the Product service's zips, each alone in a folder", { timeout: 120_000 }, () => {
  let engine: TableEngine;
  let plan: ServicePlan;
  let directory: string;
  let output: string;
  let home: string;
  let issuer: Listening;
  let packaged: PackagedService;
  beforeAll(async () => {
    output = await mkdtemp(path.join(tmpdir(), "lambdakit-artifacts-"));
    home = await mkdtemp(path.join(tmpdir(), "lambdakit-issuer-"));
    // Of its own: other tests run `lambdakit dev`, whose tables have these names, on the one that all share.
    engine = await startEngine({ dataDirectory: undefined }, {});
    const service = await loadService(`${root}/services/product`);
    ({ directory } = service);
    // The zips take whatever issuer they are told of: here it is one on this machine, with a port of its own.
    const mount = issuerMount(async () => (await openSigningKey(home)).publicKey);
    issuer = await listen(
      createServer((request, response) => void mount.handle(request, response)),
      0,
    );
    plan = localPlan(service.manifest, issuer.port);
    for (const table of plan.tables) await ensureTable(engine.endpoint, table);
    packaged = await packageService(service, {
      toolkitVersion: "0.0.0",
      cache: false,
      output,
      findCompiler: codeCompilers(directory),
      onStep: () => {},
    });
  }, 120_000);
  afterAll(async () => {
    await engine.stop();
    await issuer.close();
    await rm(output, { recursive: true });
    await rm(home, { recursive: true });
  });

  it("have at most 300 KB", () => {
    const sizes = Object.values(packaged.list.functions).map(({ zippedBytes }) => zippedBytes);
    expect(sizes.filter((bytes) => bytes > 300_000)).toEqual([]);
  });

  it("are those that dev --packaged runs", async () => {
    const built = await buildArtifacts(directory, plan.functions, codeCompilers(directory));
    const digests = built.map(({ key, sha256 }) => [key, sha256]);
    const listed = Object.entries(packaged.list.functions).map(([key, one]) => [key, one.sha256]);
    expect(digests.sort()).toEqual(listed.sort());
  });

  it("answer the session of README.md, through the Lambda Runtime API", async () => {
    const url = await servePackaged({ plan, packaged, endpoint: engine.endpoint });
    const { token } = await localToken(home, issuer.port, plan.api);
    const { statuses, output: printed } = await readmeSession(url, token);
    expect(statuses).toEqual(expectedStatuses);
    expect(printed).toContain('"price":"149.99"');
    expect(printed.trim().split("\n").at(-1)).toContain('"count":0');
  });
});
