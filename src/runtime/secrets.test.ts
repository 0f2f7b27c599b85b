import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { callHandler } from "../testing/index.ts";
import { createSecrets, httpHandler, noContent, type SecretsOptions } from "./index.ts";

let output = "";
beforeEach(() => {
  output = "";
  vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2026, 10, 27) });
  vi.stubEnv("SECRET_PAYMENT_KEY", "/acme/shop/dev/payment-key");
  vi.stubEnv("ENVIRONMENT", "dev");
  vi.stubEnv("ROUTE_AUTH", '{"issuer":"","routes":{"POST /payments":"none"}}');
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    output += text;
    return true;
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

/** A store that has a value, another one after it was rotated, or that is down. */
function store(value = "first-value") {
  return {
    value: value as string | undefined,
    down: false,
    asked: [] as string[],
    async read(name: string): Promise<string | undefined> {
      this.asked.push(name);
      await Promise.resolve();
      if (this.down) throw new Error("connect ETIMEDOUT");
      return this.value;
    },
  };
}

function over(one: ReturnType<typeof store>, options: Partial<SecretsOptions> = {}) {
  return createSecrets({ read: (name) => one.read(name), ...options });
}

const pass = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000);

describe("a secret", () => {
  it("is asked for by the name that the function was told, once for all that wait", async () => {
    const one = store();
    const secrets = over(one);
    const values = await Promise.all([
      secrets.get("paymentKey"),
      secrets.get("paymentKey"),
      secrets.refresh("paymentKey"),
    ]);
    expect(values).toEqual(["first-value", "first-value", "first-value"]);
    expect(one.asked).toEqual(["/acme/shop/dev/payment-key"]);
  });

  it("is kept for five minutes, and asked for anew then", async () => {
    const one = store();
    const secrets = over(one);
    await secrets.get("paymentKey");
    one.value = "second-value";
    pass(299);
    expect(await secrets.get("paymentKey")).toBe("first-value");
    pass(1);
    expect(await secrets.get("paymentKey")).toBe("second-value");
    expect(one.asked).toHaveLength(2);
  });

  it("that was rotated is there with a refresh, at once", async () => {
    const one = store();
    const secrets = over(one);
    await secrets.get("paymentKey");
    one.value = "second-value";
    pass(10);
    expect(await secrets.refresh("paymentKey")).toBe("second-value");
    expect(await secrets.get("paymentKey")).toBe("second-value");
  });

  it("that is wrong in the store is not asked for by each request that fails", async () => {
    const one = store();
    const secrets = over(one);
    for (let request = 0; request < 100; request++) await secrets.refresh("paymentKey");
    expect(one.asked).toHaveLength(1);
    pass(10);
    await secrets.refresh("paymentKey");
    expect(one.asked).toHaveLength(2);
  });

  it("goes on to serve for an hour where the store is down, which is asked every ten seconds", async () => {
    const one = store();
    const secrets = over(one);
    await secrets.get("paymentKey");
    one.down = true;
    pass(300);
    for (let request = 0; request < 100; request++) {
      expect(await secrets.get("paymentKey")).toBe("first-value");
      expect(await secrets.refresh("paymentKey")).toBe("first-value");
    }
    expect(one.asked).toHaveLength(2);
    pass(10);
    await secrets.get("paymentKey");
    expect(one.asked).toHaveLength(3);
    pass(3590);
    await expect(secrets.get("paymentKey")).rejects.toThrow(
      "The secret paymentKey cannot be read.",
    );
    one.down = false;
    expect(await secrets.get("paymentKey")).toBe("first-value");
  });

  it("that never was read fails with the store's reason, and is asked for again", async () => {
    const one = store();
    one.down = true;
    const secrets = over(one);
    await expect(secrets.get("paymentKey")).rejects.toMatchObject({
      message: "The secret paymentKey cannot be read.",
      cause: { message: "connect ETIMEDOUT" },
    });
    one.down = false;
    expect(await secrets.get("paymentKey")).toBe("first-value");
  });

  it.each([undefined, ""])(
    "whose value is %j fails with the command that sets it",
    async (value) => {
      const one = store();
      one.value = value;
      await expect(over(one).get("paymentKey")).rejects.toThrow(
        "The secret paymentKey has no value: lambdakit secret set paymentKey --env dev",
      );
    },
  );

  it("that the function does not declare is not asked for", async () => {
    const one = store();
    await expect(over(one).get("otherKey")).rejects.toThrow(
      "otherKey is no secret of this function: add it to its secrets in service.ts.",
    );
    expect(one.asked).toEqual([]);
  });
});

describe("the value of a secret in log lines", () => {
  const logged = async (value: string, fields: object, message = "paid") => {
    const secrets = over(store(value));
    const handler = httpHandler(async ({ log }) => {
      await secrets.get("paymentKey");
      log.error(message, { ...fields });
      return noContent();
    });
    await callHandler(handler, { route: "POST /payments" });
    return output
      .trim()
      .split("\n")
      .map((line): Record<string, unknown> => JSON.parse(line));
  };

  it("is not there: in messages, fields, errors and their causes, names of fields, and URLs", async () => {
    const value = 'sk/live "4f1c9e7a2b"\n+';
    const cause = new Error(`refused ${value}`);
    const fields = {
      header: `Bearer ${value}`,
      url: `https://pay.example.com/?key=${encodeURIComponent(value)}`,
      body: JSON.stringify({ key: value }),
      error: new Error(`no: ${value}`, { cause }),
      deep: [{ [value]: { of: [value] } }],
    };
    const [line] = await logged(value, fields, `paid with ${value}`);
    expect(line).toMatchObject({
      message: "paid with [secret paymentKey]",
      header: "Bearer [secret paymentKey]",
      url: "https://pay.example.com/?key=[secret paymentKey]",
      body: '{"key":"[secret paymentKey]"}',
      error: {
        message: "no: [secret paymentKey]",
        cause: { message: "refused [secret paymentKey]" },
      },
      deep: [{ "[secret paymentKey]": { of: ["[secret paymentKey]"] } }],
    });
    expect(output).not.toContain("4f1c9e7a2b");
  });

  it("is not there where a line could not be written, nor as a number", async () => {
    const circle: Record<string, unknown> = { key: "91827364" };
    circle.self = circle;
    await logged("91827364", { circle, "91827364": 1 });
    await logged("91827364", { number: 91827364, big: 91827364n });
    expect(output).not.toContain("91827364");
  });

  it("is not there whatever it is, and the line stays JSON with its other fields", async () => {
    const value = fc.string({ minLength: 12, maxLength: 60, unit: "binary" });
    const text = fc.string({ unit: "binary", maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(value, text, text, async (secret, before, after) => {
        fc.pre(!JSON.stringify({ before, after, key: "[secret paymentKey]" }).includes(secret));
        output = "";
        const lines = await logged(secret, { text: `${before}${secret}${after}`, count: 1 });
        expect(lines[0]).toMatchObject({ level: "ERROR", message: "paid", count: 1 });
        expect(String(lines[0]?.text)).not.toContain(secret);
      }),
      { numRuns: 100 },
    );
  });
});
