/** The table engine is killed while functions write: every request is answered, and what was kept is kept. */
import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findDynoxide } from "../../src/dev/index.ts";
import { dynoxideWith } from "../dynoxide-process.ts";
import { productCopy, replaced, sampleProduct } from "../product-copy.ts";
import { type Answer, type Served, type ServeOptions, serve } from "../served-service.ts";

const timeout = 120_000;

/** The Product service, with a table whose name is nobody else's. */
function useProducts(options: ServeOptions) {
  const table = `products-${randomUUID()}`;
  let directory: string;
  let served: Served;
  beforeAll(async () => {
    directory = await productCopy({
      "service.ts": (text) =>
        replaced(text, '"products-{environment}"', `"${table}-{environment}"`),
    });
    served = await serve(directory, options);
  }, timeout);
  afterAll(async () => {
    await served?.stop();
    await rm(directory, { recursive: true, force: true });
  }, timeout);
  return {
    served: () => served,
    async kill() {
      const pid = await dynoxideWith(`${table}-dev`);
      if (pid === undefined) throw new Error(`No engine has the table ${table}-dev.`);
      process.kill(pid, "SIGKILL");
    },
  };
}

const create = async (served: Served, number: number): Promise<Answer> =>
  served.ask(
    "POST /v1.0/products",
    { ...sampleProduct, name: `Product ${number}` },
    { Authorization: `Bearer ${await served.server.token()}` },
  );

/** Asks twenty times a second for as long as the work takes, and once more. */
async function createDuring(served: Served, work: () => Promise<unknown>): Promise<Answer[]> {
  const answers: Promise<Answer>[] = [];
  const timer = setInterval(() => answers.push(create(served, answers.length)), 50);
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
  return Promise.all(answers);
}

const later = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

function expectAnswers(answers: readonly Answer[]): void {
  expect(answers.length).toBeGreaterThan(0);
  for (const { status, json } of answers) {
    expect([201, 500]).toContain(status);
    if (status === 500) expect(json).toMatchObject({ title: "Internal Server Error", errors: [] });
  }
}

const runs = findDynoxide() !== undefined;

describe.runIf(runs)("an engine that is killed under load", { timeout }, () => {
  const onDisk = useProducts({ memory: false });
  const inMemory = useProducts({});

  it("loses nothing that was answered with 201 where data is kept, and works again", async () => {
    const served = onDisk.served();
    expect((await create(served, 0)).status).toBe(201);
    const answers = await createDuring(served, async () => {
      for (const kills of [1, 2]) {
        await later(300);
        await onDisk.kill();
        await served.happened(
          "engine-restarted",
          () => served.of("engine-restarted").length === kills,
        );
        await later(200);
      }
    });
    expectAnswers(answers);
    const created = [...answers, await create(served, 1)].filter(({ status }) => status === 201);
    expect(created.length).toBeGreaterThan(5);
    for (const { json } of created) {
      expect(await served.ask(`GET /v1.0/products/${json.productId}`)).toMatchObject({
        status: 200,
        json,
      });
    }
    expect(served.of("engine-restarted").map(({ reason }) => reason)).toEqual([
      "dynoxide ended with SIGKILL",
      "dynoxide ended with SIGKILL",
    ]);
  });

  it("has its tables again in memory", async () => {
    const served = inMemory.served();
    const { json: lost } = await create(served, 0);
    const answers = await createDuring(served, async () => {
      await later(200);
      await inMemory.kill();
      await served.happened("engine-restarted");
    });
    expectAnswers(answers);
    expect((await create(served, 1)).status).toBe(201);
    expect((await served.ask("GET /v1.0/products")).status).toBe(200);
    expect((await served.ask(`GET /v1.0/products/${lost.productId}`)).status).toBe(404);
  });

  it("is given up when it is killed again and again, and requests still get answers", async () => {
    const served = inMemory.served();
    const gone = served.happened("engine-ended");
    const answers = await createDuring(served, async () => {
      while (served.of("engine-ended").length === 0) {
        const restarts = served.of("engine-restarted").length;
        await inMemory.kill();
        await Promise.race([
          gone,
          served.happened(
            "engine-restarted",
            () => served.of("engine-restarted").length > restarts,
          ),
        ]);
      }
    });
    expectAnswers(answers);
    expect((await gone).reason).toContain("restarts within 60 seconds: 5, and now no more");
    const { status, text, headers } = await create(served, 2);
    expect([status, headers.get("Access-Control-Allow-Origin")]).toEqual([500, "*"]);
    expect(text).not.toMatch(/dynamodb|dynoxide|ECONN|engine/i);
    expect((await served.ask("GET /nowhere")).status).toBe(403);
  });
});
