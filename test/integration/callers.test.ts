/** The Product service on this machine, and callers who must not get in: over HTTP, past the real authorizer. */
import { createHmac, createSign, generateKeyPairSync } from "node:crypto";
import path from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openSigningKey } from "../../src/dev/issuer/signing-key.ts";
import { startLocalService } from "../../src/testing/index.ts";
import { expectedStatuses, readmeSession } from "../readme-session.ts";

const folder = "services/product";
const products = "/v1.0/products";
const body = {
  name: "Test Product",
  description: "Test",
  price: "99.99",
  currency: "ZAR",
  period: "monthly",
  features: [],
};

let service: Awaited<ReturnType<typeof startLocalService>>;
let good: string;
beforeAll(async () => {
  service = await startLocalService(folder);
  good = await service.token();
});
afterAll(() => service?.stop());

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
}

async function send({ method, path: below, headers = {} }: Sent) {
  const hasBody = method !== "GET" && method !== "HEAD";
  const answer = await fetch(service.url + below, {
    method,
    headers: { ...headers, "Content-Type": "application/json" },
    ...(hasBody && { body: JSON.stringify(method === "POST" ? body : { price: "1.00" }) }),
  });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

const create = (authorization?: string) =>
  send({
    method: "POST",
    path: products,
    headers: authorization === undefined ? {} : { Authorization: authorization },
  });

/** All products, as everybody sees them: whatever changed one is seen here. */
const listed = async () => (await send({ method: "GET", path: products })).text;

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
const claimsOf = (token: string) =>
  JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());

/** Tokens that are wrong in one thing each. */
async function attacks(): Promise<Record<string, string>> {
  const { kid, publicKey, privateKey } = await openSigningKey(path.join(folder, ".lambdakit"));
  const claims = claimsOf(good);
  const now = Math.floor(Date.now() / 1_000);
  const rs256 = (change: object, key: string = privateKey, head: object = {}) => {
    const signed = `${part({ alg: "RS256", kid, ...head })}.${part({ ...claims, ...change })}`;
    return `${signed}.${createSign("sha256").update(signed).sign(key, "base64url")}`;
  };
  const stranger = generateKeyPairSync("rsa", {
    modulusLength: 2_048,
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  }).privateKey;
  const hs256 = `${part({ alg: "HS256", kid })}.${part(claims)}`;
  const hmac = createHmac("sha256", JSON.stringify(publicKey)).update(hs256).digest("base64url");
  return {
    "alg none": `${part({ alg: "none", kid })}.${part(claims)}.`,
    "the public key as a secret": `${hs256}.${hmac}`,
    "another's signature": rs256({}, stranger),
    "an unknown key": rs256({}, stranger, { kid: "unknown" }),
    "another issuer": rs256({ iss: "https://login.example.com" }),
    "another audience": rs256({ aud: "somebody-else" }),
    "no audience": rs256({ aud: undefined }),
    expired: rs256({ exp: now - 60 }),
    "no end": rs256({ exp: undefined }),
    "not yet valid": rs256({ nbf: now + 600 }),
    "changed claims": good.replace(/\.[^.]+\./, `.${part({ ...claims, sub: "admin" })}.`),
    huge: `${good}${"A".repeat(8_400)}`,
    "no token": "a.b.c",
  };
}

describe("callers of the Product service, over HTTP", () => {
  it("get in with a token that has the scope, as the README says it", async () => {
    expect((await create(`Bearer ${good}`)).status).toBe(201);
    const { statuses } = await readmeSession(service.url, good);
    expect(statuses).toEqual(expectedStatuses);
  });

  it("do not get in with a token that is wrong in anything, and are not told in what", async () => {
    const before = await listed();
    for (const [name, token] of Object.entries(await attacks())) {
      const { status, text, headers } = await create(`Bearer ${token}`);
      expect([name, status, text]).toEqual([name, 401, '{"message":"Unauthorized"}']);
      expect(headers.get("access-control-allow-origin")).toBe("*");
    }
    expect((await create()).status).toBe(401);
    const { status, text } = await create(`Bearer ${await service.token({ scopes: ["other"] })}`);
    expect(status).toBe(403);
    expect(text).toMatch(/^\{"message":"User is not authorized to access this resource[^"]*"\}$/);
    expect(await listed()).toBe(before);
  });

  it("change nothing without a valid scope, whatever they combine", async () => {
    const tokens = [
      undefined,
      "",
      "Bearer ",
      good,
      `Basic ${good}`,
      "Bearer null",
      `Bearer ${await service.token({ scopes: [] })}`,
      `Bearer ${await service.token({ scopes: ["products:read", "Products:Write", "products:*"] })}`,
      `Bearer ${await service.token({ expiresInSeconds: -60 })}`,
      ...Object.values(await attacks()).map((token) => `Bearer ${token}`),
    ];
    const before = await listed();
    const { productId } = JSON.parse(before).products[0];
    const requests = fc.record({
      method: fc.constantFrom("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"),
      path: fc.constantFrom(
        ...[
          products,
          `${products}/`,
          `${products}/${productId}`,
          `/${products}`,
          "/v1.0//products",
        ],
        ...[
          `/v1${products}/${productId}`,
          `${products}/${productId}/`,
          `${products}/%2e/${productId}`,
        ],
      ),
      token: fc.constantFrom(...tokens),
      more: fc.constantFrom<Record<string, string>>(
        {},
        { "X-HTTP-Method-Override": "DELETE" },
        { "X-Amzn-Trace-Id": "Root=1-0-0", "X-Forwarded-For": "127.0.0.1" },
        { "X-Authorization": `Bearer ${good}` },
        { Cookie: `token=${good}` },
      ),
    });
    await fc.assert(
      fc.asyncProperty(requests, async ({ method, path: below, token, more }) => {
        const authorization = token === undefined ? {} : { Authorization: token };
        const { status } = await send({
          method,
          path: below,
          headers: { ...more, ...authorization },
        });
        const isRead = ["GET", "HEAD", "OPTIONS"].includes(method);
        expect(isRead || [400, 401, 403, 404].includes(status)).toBe(true);
      }),
      { numRuns: 150 },
    );
    expect(await listed()).toBe(before);
  });

  it("do not get in with the token of another local service, which has another port", async () => {
    const other = await startLocalService(folder);
    try {
      expect((await create(`Bearer ${await other.token()}`)).status).toBe(401);
    } finally {
      await other.stop();
    }
  });
});
