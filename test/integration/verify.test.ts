/**
 * The Product service passes its own contract; and with one thing broken on the way, the checks that fail
 * are those which say what it is, and nothing is left behind.
 */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { nextFreePort } from "../../src/dev/index.ts";
import { startLocalService } from "../../src/testing/index.ts";
import { type Check, type VerifyOptions, verifyService } from "../../src/verify/index.ts";
import { type Answered, type Asked, type Fault, faultyProxy } from "../faulty-proxy.ts";
import { changedPlan } from "../product-plan.ts";

const plan = changedPlan();
const products = "/v1.0/products";
const list = `GET ${products}`;
const get = `GET ${products}/{productId}`;
const create = `POST ${products}`;
const update = `PUT ${products}/{productId}`;
const remove = `DELETE ${products}/{productId}`;
const trip = `round-trip ${products}`;
const routes = [list, get, create, update, remove];

let token: string;
let service: Awaited<ReturnType<typeof startLocalService>>;
beforeAll(async () => {
  service = await startLocalService("services/product");
  token = await service.token();
});
afterAll(() => service?.stop());

const verify = (url: string, options: Partial<VerifyOptions> = {}) =>
  verifyService({ plan, url, roundTrip: true, token, onCheck: () => {}, ...options });

/** The products that are there, whoever has made them. */
async function left(): Promise<readonly { readonly productId: string }[]> {
  const page = (await (await fetch(`${service.url}${products}`)).json()) as {
    readonly products: readonly { readonly productId: string }[];
  };
  return page.products;
}

describe("the Product service", () => {
  it("is not asked for anything that wants a token, where there is none, but whether it refuses", async () => {
    const { checks, passed } = await verify(service.url, { token: undefined });
    expect(passed).toBe(true);
    const about = checks.filter(({ id }) => id.startsWith(create)).map(({ id }) => id);
    expect(about).toEqual([
      `${create} caller.none`,
      `${create} caller.forged`,
      ...["cors", "correlation", "errors"].map((rule) => `${create} every.${rule}`),
    ]);
    expect(checks.filter(({ id }) => id.startsWith(trip))).toEqual([]);
  });

  it("passes, with the stage in its URL and without", async () => {
    for (const url of [service.url, `${service.url}/v1`]) {
      const told: Check[] = [];
      const { checks, passed } = await verify(url, { onCheck: (check) => told.push(check) });
      expect(checks.filter((one) => !one.passed)).toEqual([]);
      expect(passed).toBe(true);
      expect(checks.length).toBeGreaterThan(70);
      expect(new Set(told)).toEqual(new Set(checks));
      expect(told).toHaveLength(checks.length);
      expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length);
    }
    expect(await left()).toEqual([]);
  });

  it("is asked for the same checks each time, in the same order", async () => {
    const ids = async () => (await verify(service.url)).checks.map(({ id }) => id);
    expect(await ids()).toEqual(await ids());
  });

  it("is not changed without a round trip", async () => {
    const methods: string[] = [];
    const url = await faultyProxy(service.url, {
      answers: (answered, { method }) => {
        if (answered.status < 300) methods.push(method);
        return answered;
      },
    });
    const { checks, passed } = await verify(url, { roundTrip: false });
    expect(passed).toBe(true);
    expect(checks.filter(({ id }) => id.startsWith("round-trip"))).toEqual([]);
    expect(new Set(methods)).toEqual(new Set(["GET", "OPTIONS"]));
  });
});

// --- faults --------------------------------------------------------------------------------------

const isItem = ({ path }: Asked) => path.startsWith(`${products}/`);
const isList = ({ path }: Asked) => path.split("?")[0] === products;
const asks = (method: string, which: (asked: Asked) => boolean = () => true) => {
  return (asked: Asked) => asked.method === method && which(asked);
};
const toItems = (method: string) => asks(method, isItem);
const isExample = ({ body }: Asked) => body === '{"price":"149.99"}';
const wrongId = (method: string) => asks(method, ({ path }) => path.endsWith("/!"));
const toList = (method: string) => asks(method, isList);

/** Changes the answers to some of the requests. */
function changed(
  which: (asked: Asked) => boolean,
  change: (answered: Answered) => Partial<Answered>,
): Fault {
  return {
    answers: (answered, asked) => (which(asked) ? { ...answered, ...change(answered) } : answered),
  };
}

const without = (header: string) => (answered: Answered) => ({
  headers: Object.fromEntries(Object.entries(answered.headers).filter(([name]) => name !== header)),
});

/** Changes the JSON of an answer. */
// biome-ignore lint/suspicious/noExplicitAny: whatever the service answers
const json = (change: (body: any) => unknown) => (answered: Answered) => ({
  text: JSON.stringify(change(JSON.parse(answered.text))),
});

const successOnly =
  (change: (answered: Answered) => Partial<Answered>) =>
  (answered: Answered): Partial<Answered> =>
    answered.status < 300 ? change(answered) : {};

const errorsOnly =
  (change: (answered: Answered) => Partial<Answered>) =>
  (answered: Answered): Partial<Answered> =>
    answered.headers["content-type"] === "application/problem+json" ? change(answered) : {};

const html = { status: 200, headers: { "content-type": "text/html" }, text: "<h1>It works!</h1>" };
const locked = {
  status: 401,
  headers: { "content-type": "application/json", "access-control-allow-origin": "*" },
  text: '{"message":"Unauthorized"}',
};
const unknownRoute = {
  status: 403,
  headers: { "content-type": "application/json", "access-control-allow-origin": "*" },
  text: '{"message":"Missing Authentication Token"}',
};

interface Seeded {
  readonly fault: Fault;
  /** The checks that have to fail, no others, and what they have to say. */
  readonly found: Readonly<Record<string, RegExp>>;
  /** @default 30, which a machine that is busy with everything else does not come near */
  readonly answerSeconds?: number;
}

/** By what is broken. */
const faults: Readonly<Record<string, Seeded>> = {
  "no CORS header on errors": {
    fault: changed(() => true, errorsOnly(without("access-control-allow-origin"))),
    found: Object.fromEntries(
      routes.map((route) => [`${route} every.cors`, /Allow-Origin is missing, not "\*"/]),
    ),
  },
  "no CORS header on what the gateway answers itself": {
    fault: changed(({ path }) => path.startsWith("/no-"), without("access-control-allow-origin")),
    found: { "no-route": /Access-Control-Allow-Origin is missing/ },
  },
  "headers that scripts may not read": {
    fault: changed(asks("PUT"), without("access-control-expose-headers")),
    found: {
      [`${update} every.cors`]: /in 21 of 23 answers.*Access-Control-Expose-Headers is missing/,
      [`${trip} update`]: /Access-Control-Expose-Headers is missing/,
    },
  },
  "a list that fails": {
    fault: changed(
      asks("GET", ({ path }) => path === products),
      () => ({
        status: 500,
        text: '{"message":"Internal server error"}',
      }),
    ),
    found: {
      [`${list} example`]: /^is 500 \{"message":"Internal server error"\} \(correlation id verify-/,
      [`${trip} listed`]: /^is 500/,
      [`${trip} not-listed`]: /^is 500/,
    },
  },
  "another status on success": {
    fault: changed(asks("POST"), ({ status }) => ({ status: status === 201 ? 200 : status })),
    found: { [`${trip} create`]: /^is 200 \{"productId"/ },
  },
  "another status on failure": {
    fault: changed(
      asks("PUT", ({ body }) => body === ""),
      () => ({ status: 409 }),
    ),
    found: { [`${update} body.none`]: /^is 409/ },
  },
  "a door that is locked": {
    fault: {
      instead: (asked) => (wrongId("DELETE")(asked) ? locked : undefined),
    },
    found: {
      [`${remove} path.productId.pattern`]: /^is 401 \{"message":"Unauthorized"\}/,
    },
  },
  "a stranger who is told something else": {
    fault: {
      answers: (answered, { method }) =>
        method === "DELETE" && answered.status === 401 ? { ...answered, status: 403 } : answered,
    },
    found: {
      [`${remove} caller.none`]: /^is 403/,
      [`${remove} caller.forged`]: /^is 403/,
    },
  },
  "a field that is missing": {
    fault: changed(toItems("GET"), successOnly(json(({ currency, ...rest }) => rest))),
    found: {
      [`${trip} read`]: /required property 'currency'.*currency is missing, and "ZAR" was sent/,
      [`${trip} read-update`]: /required property 'currency'/,
    },
  },
  "a field that nobody has promised": {
    fault: changed(toList("GET"), successOnly(json((body) => ({ ...body, PK: "PRODUCT#1" })))),
    found: { [`${list} example`]: /must NOT have additional properties/ },
  },
  "a price that is a number": {
    fault: changed(
      toItems("GET"),
      successOnly(json((body) => ({ ...body, price: Number(body.price) }))),
    ),
    found: {
      [`${trip} read`]: /it\/price must be string.*price is 99.99, and "99.99" was sent/,
      [`${trip} read-update`]: /price is 149.99, and "149.99" was sent/,
    },
  },
  "another content type": {
    fault: changed(toList("GET"), ({ headers }) => ({
      headers: { ...headers, "content-type": "text/plain" },
    })),
    found: {
      [`${list} example`]: /Content-Type is "text\/plain", not application\/json/,
      [`${list} every.errors`]: /Content-Type is "text\/plain", not application\/problem\+json/,
    },
  },
  "an HTML page in place of JSON": {
    fault: {
      instead: (asked) => (asked.path === products && asked.method === "GET" ? html : undefined),
    },
    found: {
      [`${list} example`]: /Content-Type is "text\/html".*It works!/,
      [`${list} every.cors`]: /in 1 of 3 answers, first that to GET \/v1.0\/products: /,
      [`${list} every.correlation`]: /X-Correlation-Id is missing/,
      [`${trip} listed`]: /not among its 0 entries/,
    },
  },
  "a preflight that leaves out a method": {
    fault: changed(toItems("OPTIONS"), ({ headers }) => ({
      headers: { ...headers, "access-control-allow-methods": "GET,PUT,OPTIONS" },
    })),
    found: {
      [`OPTIONS ${products}/{productId} preflight`]:
        /Methods is "GET,PUT,OPTIONS", not "GET,PUT,DELETE,OPTIONS"/,
    },
  },
  "no preflight": {
    fault: { instead: (asked) => (toList("OPTIONS")(asked) ? unknownRoute : undefined) },
    found: { [`OPTIONS ${products} preflight`]: /^is 403 .*Missing Authentication Token/ },
  },
  "a list that does not have everything": {
    fault: changed(
      toList("GET"),
      successOnly(json((body) => ({ ...body, products: [], count: 0 }))),
    ),
    found: { [`${trip} listed`]: /^PROD-\w{6} is not among its 0 entries, 5 s later/ },
  },
  "a change that loses another field": {
    fault: {
      asks: (asked) =>
        toItems("PUT")(asked) && isExample(asked)
          ? { ...asked, body: '{"price":"149.99","description":"lost"}' }
          : asked,
    },
    found: { [`${trip} read-update`]: /^description is "lost", and "Test" was sent$/ },
  },
  "a change that is not kept": {
    fault: {
      asks: (asked) =>
        toItems("PUT")(asked) && isExample(asked)
          ? { ...asked, body: '{"name":"Test Product"}' }
          : asked,
    },
    found: { [`${trip} read-update`]: /^price is "99.99", and "149.99" was sent$/ },
  },
  "a change that fails": {
    fault: changed(
      asks("PUT", (asked) => isExample(asked) && !asked.path.endsWith("!")),
      () => ({
        status: 502,
        text: '{"message": "Internal server error"}',
      }),
    ),
    found: { [`${trip} update`]: /^is 502 \{"message": "Internal server error"\} / },
  },
  "a Location that leads nowhere": {
    fault: changed(asks("POST"), ({ headers }) =>
      headers.location === undefined
        ? {}
        : { headers: { ...headers, location: headers.location.replace("v1.0/", "") } },
    ),
    found: { [`${trip} create`]: /Location is \/products\/PROD-.* and the item is at \/v1.0\// },
  },
  "no entity tag": {
    fault: changed(toItems("GET"), without("etag")),
    found: {
      [`${trip} read`]: /^ETag is missing$/,
      [`${trip} read-update`]: /^ETag is missing$/,
    },
  },
  "no request id": {
    fault: changed(asks("POST"), errorsOnly(json(({ requestId, ...rest }) => rest))),
    found: { [`${create} every.errors`]: /in 2\d of 2\d answers.*property 'requestId'/ },
  },
  "another correlation id": {
    fault: changed(wrongId("DELETE"), ({ headers }) => ({
      headers: { ...headers, "x-correlation-id": "another" },
    })),
    found: { [`${remove} every.correlation`]: /X-Correlation-Id is "another", not "verify-/ },
  },
  "an error that names nothing": {
    fault: changed(
      asks("GET", ({ path }) => path.includes("limit=")),
      json((body) => ({ ...body, errors: [] })),
    ),
    found: { [`${list} query.limit.pattern`]: /^its errors name no field, and not limit$/ },
  },
  "a type that is not looked at": {
    fault: changed(asks("POST"), ({ status }) => ({ status: status === 415 ? 400 : status })),
    found: { [`${create} body.type`]: /^is 400/ },
  },
  "an answer that does not come": {
    fault: { instead: (asked) => (asked.path.endsWith("nextToken=") ? "hang" : undefined) },
    found: { [`${list} query.nextToken.minLength`]: /^no answer in 3 s$/ },
    answerSeconds: 3,
  },
  "a connection that ends": {
    fault: {
      instead: (asked) => (toItems("PUT")(asked) && asked.body === "{}" ? "drop" : undefined),
    },
    found: { [`${update} body.empty`]: /socket|closed|hang up/ },
  },
  "a body that is taken although a field is missing": {
    fault: {
      asks: (asked) =>
        asked.method === "POST" && /^\{"description/.test(asked.body)
          ? { ...asked, body: asked.body.replace("{", '{"name":"Repaired",') }
          : asked,
    },
    found: {
      [`${create} body.name.missing`]:
        /^is 201 .*; what it has made, PROD-\w{6}, was deleted again$/,
    },
  },
};

describe("what is broken on the way is found: ", () => {
  afterEach(async () => expect(await left()).toEqual([]));

  it.each(Object.entries(faults))("%s", async (_, { fault, found, answerSeconds = 30 }) => {
    const url = await faultyProxy(service.url, fault);
    const { checks, passed } = await verify(url, { answerSeconds });
    const failed = checks.filter((one) => !one.passed);
    expect(passed).toBe(false);
    for (const { id, detail } of failed) expect(detail, id).toMatch(found[id] ?? /^$/);
    expect(failed.map(({ id }) => id).sort()).toEqual(Object.keys(found).sort());
  });
});

describe("a DELETE that does nothing", () => {
  const nothing = { status: 204, headers: { "access-control-allow-origin": "*" }, text: "" };

  it("is found, and is asked again to clean up", async () => {
    let count = 0;
    const url = await faultyProxy(service.url, {
      instead: (asked) =>
        asks("DELETE", (one) => !/(!|lambdakit-verify)$/.test(one.path))(asked) && count++ === 0
          ? nothing
          : undefined,
    });
    const { checks } = await verify(url);
    const failed = checks.filter((one) => !one.passed).map(({ id }) => id);
    expect(failed).toContain(`${trip} gone`);
    expect(failed).toContain(`${trip} not-listed`);
    expect(failed).not.toContain(`${trip} clean-up`);
    expect(await left()).toEqual([]);
  });

  it("is told with the id that is left behind", async () => {
    const url = await faultyProxy(service.url, {
      instead: (asked) => (toItems("DELETE")(asked) ? nothing : undefined),
    });
    const { checks } = await verify(url);
    const [{ productId } = { productId: "" }] = await left();
    expect(checks.at(-1)).toMatchObject({
      id: `${trip} clean-up`,
      passed: false,
      detail: `${productId} is left behind: DELETE is 204 (no content type)`,
    });
    await fetch(`${service.url}${products}/${productId}`, {
      method: "DELETE",
      headers: { Authorization: `Bearer ${token}` },
    });
    expect(await left()).toEqual([]);
  });
});

describe("somebody else at the URL", () => {
  it.each([
    ["no such route", unknownRoute, '403 {"message":"Missing Authentication Token"}'],
    ["a web site", html, "200 (text/html) <h1>It works!</h1>"],
    ["a redirect", { status: 301, headers: { location: "/" }, text: "" }, "301 (no content type)"],
  ])("is one failed check and not fifty: %s", async (_, answer, shown) => {
    const url = await faultyProxy(service.url, { instead: () => answer });
    const { checks, passed } = await verify(url);
    expect([passed, checks.length]).toEqual([false, 1]);
    expect(checks[0]).toMatchObject({ id: "service", route: null });
    expect(checks[0]?.detail).toContain(`such as ${shown} to GET ${products};`);
    expect(checks[0]?.detail).toContain("the API's stage is v1");
  });

  it("is nobody where nothing answers: one error", async () => {
    const url = await faultyProxy(service.url, { instead: () => "drop" });
    await expect(verify(url)).rejects.toMatchObject({ code: "VERIFY_UNREACHABLE", at: url });
    const port = await nextFreePort(20_000);
    await expect(verify(`http://127.0.0.1:${port}`)).rejects.toMatchObject({
      exitCode: 69,
      message: `Nothing answers at http://127.0.0.1:${port}: connect ECONNREFUSED 127.0.0.1:${port}.`,
    });
  });

  it("is waited for, where the API was just made", async () => {
    const from = performance.now() + 1_500;
    const url = await faultyProxy(service.url, {
      instead: () => (performance.now() < from ? unknownRoute : undefined),
    });
    const { passed, checks } = await verify(url, { patienceSeconds: 20, roundTrip: false });
    expect(passed).toBe(true);
    expect(checks[0]?.milliseconds).toBeGreaterThan(1_000);
  });
});

describe("Ctrl-C", () => {
  const isMade = ({ status }: Answered) => status === 201;
  const own = (method: string) => (_: Answered, asked: Asked) =>
    asks(method, ({ path }) => /PROD-(?!ABC123)/.test(path))(asked);

  it.each([
    ["while an item is made", isMade],
    ["while it is read", own("GET")],
    ["while it is changed", own("PUT")],
    ["while it is deleted", own("DELETE")],
  ])("leaves nothing behind: %s", async (_, when) => {
    const interruption = new AbortController();
    const url = await faultyProxy(service.url, {
      answers: (answered, asked) => {
        if (when(answered, asked)) interruption.abort();
        return answered;
      },
    });
    const { signal: interrupted } = interruption;
    await expect(verify(url, { interrupted })).rejects.toMatchObject({
      code: "VERIFY_INTERRUPTED",
      exitCode: 130,
      message: "You have interrupted it. Nothing is left behind.",
    });
    expect(await left()).toEqual([]);
  });

  it("says what could not be deleted", async () => {
    const interruption = new AbortController();
    const url = await faultyProxy(service.url, {
      instead: (asked) => (toItems("DELETE")(asked) ? locked : undefined),
      answers: (answered) => {
        if (isMade(answered)) interruption.abort();
        return answered;
      },
    });
    const { signal: interrupted } = interruption;
    const error = await verify(url, { interrupted }).catch((thrown: Error) => thrown);
    const [{ productId } = { productId: "" }] = await left();
    expect(error).toMatchObject({
      message: `You have interrupted it. ${productId} is left behind: DELETE is 401 {"message":"Unauthorized"}`,
      fix: "delete it by hand",
    });
    await fetch(`${service.url}${products}/${productId}`, {
      method: "DELETE",
      headers: { Authorization: `Bearer ${token}` },
    });
    expect(await left()).toEqual([]);
  });

  it("ends the wait for an answer, too", async () => {
    const interruption = new AbortController();
    const url = await faultyProxy(service.url, {
      instead: () => {
        interruption.abort();
        return "hang";
      },
    });
    const { signal: interrupted } = interruption;
    await expect(verify(url, { interrupted, patienceSeconds: 60 })).rejects.toMatchObject({
      code: "VERIFY_INTERRUPTED",
    });
  });
});
