import { generateKeyPairSync, randomBytes } from "node:crypto";
import { exportJWK, SignJWT } from "jose";
import { beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { type IssuerKey, issuerKey, signedToken } from "../../test/issuer-keys.ts";
import { type Authorizer, createAuthorizer, createKeyStore } from "./index.ts";

const issuer = "https://id.example.com/pool";
const audience = ["products-dev", "products-cli"];
const methodArn = "arn:aws:execute-api:eu-west-1:123456789012:abc123/v1/POST/v1.0/products";
const now = Date.UTC(2026, 10, 27, 12);
const seconds = now / 1000;
const routes = {
  "POST /v1.0/products": ["products:write"],
  "PUT /v1.0/products/{productId}": ["products:write"],
  "POST /v1.0/prices": ["prices:write", "products:read"],
};
const good = {
  iss: issuer,
  aud: "products-dev",
  sub: "user-1",
  scope: "products:read products:write",
  iat: seconds - 60,
  exp: seconds + 600,
};

let key: IssuerKey;
let other: IssuerKey;
let rsa: IssuerKey;
let shown: IssuerKey[];
let fetches: number;
let lines: string[];
let authorize: Authorizer;
let store: ReturnType<typeof createKeyStore>;
let clock: number;
let issuerIsDown: boolean;

beforeAll(async () => {
  [key, other, rsa] = await Promise.all([
    issuerKey("k1"),
    issuerKey("k1"),
    issuerKey("k2", "RS256"),
  ]);
});
beforeEach(() => {
  [shown, fetches, lines, clock, issuerIsDown] = [[key, rsa], 0, [], now, false];
  store = createKeyStore({
    fetch: async () => {
      fetches += 1;
      if (issuerIsDown) throw new Error("connect ECONNREFUSED");
      return { keys: shown.map(({ publicJwk }) => publicJwk) };
    },
    now: () => clock,
    onStale: (error) => lines.push(JSON.stringify({ stale: String(error) })),
  });
  authorize = createAuthorizer(
    { issuer, audience, jwksUri: `${issuer}/.well-known/jwks.json`, routes },
    {
      keyFor: store.keyFor,
      now: () => clock,
      log: (level, fields) => lines.push(JSON.stringify({ level, ...fields })),
    },
  );
});

const ask = (authorizationToken: string) => authorize({ authorizationToken, methodArn });
const bearer = async (
  claims: object = {},
  signer: IssuerKey = key,
  header: Record<string, unknown> = {},
) => `Bearer ${await signedToken(signer, { ...good, ...claims }, header)}`;

/** What the caller gets is `Unauthorized` and nothing else; the log has why, and nothing of the token. */
async function refusal(header: string): Promise<string> {
  const failure = await ask(header).then(
    () => expect.fail("it was let in"),
    (error: Error) => error,
  );
  expect([failure.message, failure.stack]).toEqual(["Unauthorized", "Unauthorized"]);
  const line = lines.at(-1) ?? "";
  for (const part of header.split(/[ .]/).filter((one) => one.length > 8)) {
    expect(lines.join()).not.toContain(part);
  }
  return JSON.parse(line).reason;
}

describe("a good token", () => {
  it("may call every route whose scopes it has, whichever was asked for, and says who the caller is", async () => {
    expect(await ask(await bearer())).toEqual({
      principalId: "user-1",
      policyDocument: {
        Version: "2012-10-17",
        Statement: [
          {
            Action: "execute-api:Invoke",
            Effect: "Allow",
            Resource: [
              "arn:aws:execute-api:eu-west-1:123456789012:abc123/v1/POST/v1.0/products",
              "arn:aws:execute-api:eu-west-1:123456789012:abc123/v1/PUT/v1.0/products/*",
            ],
          },
        ],
      },
      context: {
        sub: "user-1",
        iss: issuer,
        scope: "products:read products:write",
        exp: String(seconds + 600),
      },
    });
    expect(JSON.parse(lines.at(-1) ?? "")).toMatchObject({ level: "INFO", caller: "user-1" });
  });

  it.each(["RS256", "PS256", "ES256", "EdDSA"])("may be signed with %s", async (alg) => {
    const own = await issuerKey("k9", alg);
    shown = [own];
    expect(await ask(await bearer({}, own))).toMatchObject({ principalId: "user-1" });
  });

  it("is one for any of the audiences, one of Cognito's access tokens, and one with scopes in scp", async () => {
    const cognito = { aud: undefined, client_id: "products-cli", token_use: "access" };
    for (const claims of [
      { aud: ["else", "products-cli"] },
      cognito,
      { scope: undefined, scp: ["products:write"] },
    ]) {
      const { policyDocument } = await ask(await bearer(claims));
      expect(JSON.stringify(policyDocument)).toContain('"Allow"');
    }
  });

  it("may be five seconds over its time, for clocks that differ, and not six", async () => {
    await ask(await bearer({ exp: seconds - 4 }));
    await ask(await bearer({ nbf: seconds + 4, iat: seconds + 4 }));
    expect(await refusal(await bearer({ exp: seconds - 6 }))).toBe("expired");
    expect(await refusal(await bearer({ nbf: seconds + 6 }))).toBe("not-yet-valid");
  });

  it("without any of the scopes may call nothing at all", async () => {
    for (const scope of [
      "",
      "products:read",
      "products:writes",
      "PRODUCTS:WRITE",
      "*",
      undefined,
    ]) {
      const { policyDocument } = await ask(await bearer({ scope }));
      expect(policyDocument.Statement.map(({ Effect }) => Effect)).toEqual(["Deny"]);
    }
  });
});

describe("a token that is no good", () => {
  const attacks: [string, () => string | Promise<string>, string][] = [
    ["is none at all", () => "", "no-token"],
    ["is of another scheme", () => "Basic dXNlcjpwYXNz", "malformed"],
    ["is not a token", () => "Bearer abc.def", "malformed"],
    ["is two tokens", async () => `${await bearer()} ${await bearer()}`, "malformed"],
    ["has a line break behind it", async () => `${await bearer()}\n`, "malformed"],
    ["is longer than a header", () => `Bearer ${"a".repeat(20_000)}`, "too-long"],
    ["has claims of over 8 KB", () => bearer({ fill: "x".repeat(6_120) }), "too-long"],
    ["has no signature", () => unsigned("none"), "algorithm"],
    ["has no signature, in other letters", () => unsigned("nOnE"), "algorithm"],
    ["has lost its signature", async () => (await bearer()).replace(/\.[^.]+$/, "."), "signature"],
    ["is signed with another key of the same id", () => bearer({}, other), "signature"],
    ["is signed with the public key as a secret", () => confused(), "algorithm"],
    ["brings its own key", () => bearer({}, other, { jwk: other.publicJwk }), "signature"],
    ["names where its key is", () => bearer({}, other, { jku: "https://x/j" }), "signature"],
    ["names a key that nobody has", () => bearer({}, { ...key, kid: "k7" }), "unknown-key"],
    ["names a file as its key", () => bearer({}, { ...key, kid: "../../dev/null" }), "unknown-key"],
    [
      "says another algorithm than its key has",
      () => bearer({}, { ...key, kid: "k2" }),
      "unknown-key",
    ],
    ["has an extension that nobody knows", () => critical(), "algorithm"],
    ["was changed after it was signed", () => changed(), "signature"],
    ["is over", () => bearer({ exp: seconds - 3600 }), "expired"],
    ["never ends", () => bearer({ exp: undefined }), "claims"],
    ["ends when a text says so", () => bearer({ exp: "2099-01-01" }), "claims"],
    ["is not yet valid", () => bearer({ nbf: seconds + 3600 }), "not-yet-valid"],
    ["was made in the future", () => bearer({ iat: seconds + 3600 }), "not-yet-valid"],
    ["is another issuer's", () => bearer({ iss: "https://evil.example.com" }), "issuer"],
    ["is of an issuer that is called alike", () => bearer({ iss: `${issuer}/` }), "issuer"],
    ["has no issuer", () => bearer({ iss: undefined }), "issuer"],
    ["is for another service", () => bearer({ aud: "orders-dev" }), "audience"],
    ["is for another environment", () => bearer({ aud: ["products-prod"] }), "audience"],
    ["is for nobody", () => bearer({ aud: undefined }), "audience"],
    [
      "is for a client, and no access token",
      () => bearer({ aud: undefined, client_id: "products-dev" }),
      "audience",
    ],
    ["says who somebody is, and gives no access", () => bearer({ token_use: "id" }), "token-use"],
    ["is nobody's", () => bearer({ sub: undefined }), "claims"],
    ["has a subject that would break a log line", () => bearer({ sub: "a\nb" }), "claims"],
    ["has a subject that is a number", () => bearer({ sub: 7 }), "claims"],
  ];

  it.each(attacks)("is refused where it %s", async (_, token, reason) => {
    expect(await refusal(await token())).toBe(reason);
  });

  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const unsigned = (alg: string) => `Bearer ${part({ alg, kid: "k1" })}.${part(good)}.`;

  /** The key that everybody can read, taken for the secret of an HMAC. */
  async function confused(): Promise<string> {
    const secret = Buffer.from(JSON.stringify(rsa.publicJwk));
    const token = await new SignJWT(good)
      .setProtectedHeader({ alg: "HS256", kid: "k2" })
      .sign(secret);
    return `Bearer ${token}`;
  }

  async function critical(): Promise<string> {
    const [, payload, signature] = (await bearer()).split(".");
    return `Bearer ${part({ alg: "ES256", kid: "k1", crit: ["x"], x: 1 })}.${payload}.${signature}`;
  }

  async function changed(): Promise<string> {
    const [header, , signature] = (await bearer({ scope: "" })).split(".");
    return `${header}.${part(good)}.${signature}`;
  }
});

describe("the issuer's keys", () => {
  it("are ready before the first caller asks, where they were prepared", async () => {
    const [prepared, lazy] = [await bearer(), await bearer({}, rsa)];
    const imported = vi.spyOn(globalThis.crypto.subtle, "importKey");
    onTestFinished(() => imported.mockRestore());
    await store.prepare();
    expect(imported).toHaveBeenCalledTimes(2);
    await Promise.all([ask(prepared), ask(lazy)]);
    expect([imported.mock.calls.length, fetches]).toEqual([2, 1]);
  });

  it("can be prepared while the issuer is down: the first caller asks again", async () => {
    issuerIsDown = true;
    await store.prepare();
    issuerIsDown = false;
    clock += 30_000;
    expect(await ask(await bearer({ exp: clock / 1000 + 60 }))).toMatchObject({
      principalId: "user-1",
    });
  });

  it("are fetched once in ten minutes, however many ask", async () => {
    const token = await bearer();
    await Promise.all(Array.from({ length: 20 }, () => ask(token)));
    expect(fetches).toBe(1);
    clock += 9 * 60_000;
    await ask(await bearer({ exp: clock / 1000 + 60 }));
    clock += 61_000;
    await ask(await bearer({ exp: clock / 1000 + 60 }));
    expect(fetches).toBe(2);
  });

  it("are fetched again for a new one, and not for each one that somebody makes up", async () => {
    await ask(await bearer());
    const fresh = await issuerKey("k8");
    shown = [fresh];
    clock += 31_000;
    expect(await ask(await bearer({}, fresh))).toMatchObject({ principalId: "user-1" });
    expect(fetches).toBe(2);
    for (let number = 0; number < 50; number++) {
      const made = await bearer({}, { ...key, kid: randomBytes(6).toString("hex") });
      expect(await refusal(made)).toBe("unknown-key");
    }
    expect(fetches).toBe(2);
  });

  it("that are taken back count no more at the next fetch", async () => {
    await ask(await bearer());
    shown = [rsa];
    clock += 10 * 60_000;
    expect(await refusal(await bearer({ exp: clock / 1000 + 60 }))).toBe("unknown-key");
  });

  it("serve for an hour while the issuer is down, and then nobody gets in", async () => {
    await ask(await bearer());
    issuerIsDown = true;
    clock += 59 * 60_000;
    expect(await ask(await bearer({ exp: clock / 1000 + 60 }))).toMatchObject({});
    expect(lines.join()).toContain("ECONNREFUSED");
    clock += 60_000;
    const late = await bearer({ exp: clock / 1000 + 60 });
    await expect(ask(late)).rejects.toThrow(/^the token could not be checked$/);
    expect(JSON.parse(lines.at(-1) ?? "")).toMatchObject({ level: "ERROR" });
  });

  it("are asked for every 30 seconds at most while the issuer is down", async () => {
    issuerIsDown = true;
    const token = await bearer();
    for (let number = 0; number < 10; number++) await expect(ask(token)).rejects.toThrow();
    expect(fetches).toBe(1);
    clock += 30_000;
    issuerIsDown = false;
    expect(await ask(token)).toMatchObject({ principalId: "user-1" });
  });

  it("are public ones: a secret in the set, or a key that is too short, checks nothing", async () => {
    const secret = randomBytes(32);
    const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 1024 });
    const short = { ...(await exportJWK(publicKey)), kid: "short", alg: "RS256" };
    const oct = { kty: "oct", k: secret.toString("base64url"), kid: "s", alg: "HS256" };
    shown = [key, { ...key, publicJwk: oct }, { ...key, publicJwk: short }];
    const token = await new SignJWT(good)
      .setProtectedHeader({ alg: "HS256", kid: "s" })
      .sign(secret);
    expect(await refusal(`Bearer ${token}`)).toBe("algorithm");
    const { createSign } = await import("node:crypto");
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const input = `${part({ alg: "RS256", kid: "short" })}.${part(good)}`;
    const signature = createSign("sha256").update(input).sign(privateKey).toString("base64url");
    expect(await refusal(`Bearer ${input}.${signature}`)).toBe("malformed");
  });

  it.each([{}, { keys: [] }, { keys: "x" }, null, []])(
    "are none in %j, and nobody gets in",
    async (answer) => {
      store = createKeyStore({
        fetch: async () => answer,
        now: () => clock,
        onStale: () => {},
      });
      const asked = createAuthorizer(
        { issuer, audience, jwksUri: issuer, routes },
        { keyFor: store.keyFor, now: () => clock, log: () => {} },
      );
      const authorizationToken = await bearer();
      await expect(asked({ authorizationToken, methodArn })).rejects.toThrow(
        "could not be checked",
      );
    },
  );
});
