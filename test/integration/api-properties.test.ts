/**
 * Whatever is sent to the Product service, over HTTP and through threads to a real table: it answers,
 * never with a 5xx, and every 4xx names what is wrong. 10,000 requests, twenty at a time.
 */
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startLocalService } from "../../src/testing/index.ts";
import { type RawAnswer, type RawRequest, send } from "./send.ts";

const products = "/v1.0/products";
const json = { "Content-Type": "application/json" };
const sample = {
  name: "Test Product",
  description: "Test",
  price: "99.99",
  currency: "ZAR",
  period: "monthly",
  features: ["One"],
};

let service: Awaited<ReturnType<typeof startLocalService>>;
let authorization: string;
beforeAll(async () => {
  service = await startLocalService("services/product");
  authorization = `Bearer ${await service.token()}`;
});
afterAll(() => service.stop());

/** Sends a request of somebody who may call every route: what others may is in `callers.test.ts`. */
function ask(request: RawRequest): Promise<RawAnswer> {
  return send(service.url, {
    ...request,
    headers: { ...request.headers, Authorization: authorization },
  });
}

/** Sends `count` generated requests and holds each answer to the rule. */
async function all(
  count: number,
  requests: fc.Arbitrary<RawRequest>,
  rule: (answer: RawAnswer, request: RawRequest) => void = isProperAnswer,
): Promise<void> {
  const batch = 20;
  await fc.assert(
    fc.asyncProperty(fc.array(requests, { minLength: batch, maxLength: batch }), async (batch) => {
      const answers = await Promise.all(batch.map(ask));
      for (const [position, answer] of answers.entries()) {
        rule(answer, batch[position] as RawRequest);
      }
    }),
    { numRuns: count / batch },
  );
}

function isProperAnswer({ status, headers, text }: RawAnswer): void {
  expect(status).toBeGreaterThanOrEqual(200);
  expect(status).toBeLessThan(500);
  expect(headers["access-control-allow-origin"]).toBe("*");
  if (status < 400) return;
  expect(headers["content-type"]).toBe("application/problem+json");
  const problem = JSON.parse(text);
  expect(problem).toMatchObject({ status, requestId: expect.stringMatching(/./) });
  expect(problem.errors.length).toBeGreaterThan(0);
  for (const { field, message } of problem.errors) {
    expect(field).toEqual(expect.any(String));
    expect(message).toMatch(/./);
  }
}

const create = (body: string): RawRequest => ({
  method: "POST",
  path: products,
  headers: json,
  body,
});

/** Any text, of any Unicode, short or of 64 KB. */
const text = fc.oneof(
  fc.string(),
  fc.string({ unit: "binary" }),
  fc.constantFrom(
    "\ud83d",
    "\u0000",
    "日本語",
    "👩‍👩‍👧",
    "a\u0301",
    "\u202e",
    "\ufeff",
    "x".repeat(65_536),
    "é".repeat(32_768),
  ),
);

/** Half a surrogate pair has no percent-encoding. */
const isWellFormed = (one: string) => !/\p{Cs}/u.test(one);

const field = fc.constantFrom(
  ...Object.keys(sample),
  "active",
  "productId",
  "PK",
  "SK",
  "version",
  "__proto__",
  "constructor",
  "toString",
);

/** The sample with some of its fields replaced, removed or joined by others. */
const nearlyValid = fc
  .array(fc.tuple(field, fc.option(fc.oneof(text, fc.jsonValue()), { nil: undefined })), {
    maxLength: 4,
  })
  .map((changes) => {
    const entries = new Map<string, unknown>(Object.entries(sample));
    for (const [name, value] of changes) {
      if (value === undefined) entries.delete(name);
      else entries.set(name, value);
    }
    // Put together as text, so that `__proto__` is a key like others.
    return `{${[...entries].map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join()}}`;
  });

const duplicated = fc
  .tuple(nearlyValid, field, fc.jsonValue())
  .map(
    ([body, name, value]) =>
      `${body.slice(0, -1)},${JSON.stringify(name)}:${JSON.stringify(value)}}`,
  );

const nested = fc
  .tuple(fc.integer({ min: 1, max: 20_000 }), fc.constantFrom(["[", "]"], ['{"name":', "}"]))
  .map(([depth, [open = "", close = ""]]) => `${open.repeat(depth)}1${close.repeat(depth)}`);

const broken = fc
  .tuple(nearlyValid, fc.nat())
  .map(([body, length]) => body.slice(0, length % (body.length + 1)));

const bodies = fc.oneof(
  { weight: 6, arbitrary: nearlyValid },
  { weight: 1, arbitrary: duplicated },
  { weight: 1, arbitrary: nested },
  { weight: 1, arbitrary: broken },
  { weight: 1, arbitrary: fc.json() },
  { weight: 1, arbitrary: text },
);

describe("the Product service, to generated requests", { timeout: 300_000 }, () => {
  it("answers 3,000 bodies on create", () => all(3_000, bodies.map(create)));

  it("answers 1,000 bodies on update", async () => {
    const { headers } = await ask(create(JSON.stringify(sample)));
    const path = headers.location ?? "";
    await all(
      1_000,
      bodies.map((body) => ({ ...create(body), method: "PUT", path })),
    );
  });

  it("answers 1,500 ids", () => {
    const id = fc.oneof(
      text.filter((one) => one.length < 2_000 && isWellFormed(one) && one !== ""),
      fc.stringMatching(/^PROD-[0-9A-Z]{6}$/),
      fc.stringMatching(/^PROD-[0-9A-Za-z]{5,7}$/),
    );
    const method = fc.constantFrom("GET", "PUT", "DELETE");
    return all(
      1_500,
      fc.tuple(method, id, fc.boolean()).map(([method, id, broken]) => ({
        method,
        path: `${products}/${encodeURIComponent(id)}${broken ? "%zz" : ""}`,
        headers: json,
        body: method === "PUT" ? '{"name":"Changed"}' : "",
      })),
    );
  });

  it("answers 1,500 page tokens, and follows none that it did not issue", async () => {
    for (let number = 0; number < 3; number++) {
      await ask(create(JSON.stringify(sample)));
    }
    const { text: page } = await ask({ method: "GET", path: `${products}?limit=1` });
    const token: string = JSON.parse(page).nextToken;
    const changed = fc
      .tuple(
        fc.nat(token.length - 1),
        fc.constantFrom(..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef0123456789-_="),
      )
      .map(
        ([position, character]) => token.slice(0, position) + character + token.slice(position + 1),
      );
    const forged = fc.oneof(
      changed,
      fc.base64String(),
      text.filter((one) => one.length < 2_000 && isWellFormed(one)),
    );
    await all(
      1_500,
      forged.map((one) => ({
        method: "GET",
        path: `${products}?nextToken=${encodeURIComponent(one)}`,
      })),
      (answer, { path }) => {
        isProperAnswer(answer);
        expect(answer.status).toBe(path.endsWith(`=${token}`) ? 200 : 400);
      },
    );
  });

  it("answers 1,500 sets of headers", () => {
    const value = fc
      .string({
        unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code)),
      })
      .filter((one) => !one.includes("\u007f"));
    const tags = fc
      .array(
        fc.oneof(
          value,
          fc.nat().map((n) => `"${n}"`),
          fc.nat().map((n) => `W/"${n}"`),
        ),
      )
      .map((all) => all.join(","));
    const headers = fc.record(
      {
        "Content-Type": fc.oneof(
          value,
          fc.constantFrom(
            "application/json",
            "application/json; charset=utf-8",
            "text/plain",
            "application/json; charset=latin1",
          ),
        ),
        "If-Match": fc.oneof(value, tags, fc.constant("*")),
        "Idempotency-Key": fc.oneof(value, fc.uuid()),
        "X-Correlation-Id": value,
        Origin: value,
        Accept: value,
        "X-HTTP-Method-Override": value,
      },
      { requiredKeys: [] },
    );
    const target = fc.constantFrom(
      { method: "POST", path: products, body: JSON.stringify(sample) },
      { method: "PUT", path: `${products}/PROD-ABC123`, body: '{"name":"Changed"}' },
      { method: "DELETE", path: `${products}/PROD-ABC123` },
      { method: "GET", path: products },
    );
    return all(
      1_500,
      fc.tuple(target, headers).map(([one, headers]) => ({ ...one, headers })),
    );
  });

  it("answers 1,500 query strings", () => {
    const part = fc.oneof(
      fc.constantFrom(
        "limit",
        "nextToken",
        "limit=1",
        "limit=101",
        "limit=0",
        "limit=%31",
        "limit=1&limit=x",
        "nextToken=",
        "__proto__=1",
      ),
      text.filter((one) => one.length < 500 && isWellFormed(one)).map(encodeURIComponent),
      fc.string({
        unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
      }),
    );
    return all(
      1_500,
      fc
        .array(part, { maxLength: 6 })
        .map((parts) => ({ method: "GET", path: `${products}?${parts.join("&")}` })),
    );
  });

  it("never loses a digit of a price", () => {
    const digits = (maxLength: number) =>
      fc.string({ unit: fc.constantFrom(..."0123456789"), maxLength });
    const price = fc
      .tuple(fc.constantFrom(..."123456789"), digits(17), digits(8))
      .map(([first, whole, fraction]) => `${first}${whole}${fraction && `.${fraction}`}`);
    return all(
      1_000,
      price.map((one) => create(JSON.stringify({ ...sample, price: one }))),
      (answer, request) => {
        expect(answer.status).toBe(201);
        expect(JSON.parse(answer.text).price).toBe(JSON.parse(request.body ?? "").price);
      },
    );
  });
});
