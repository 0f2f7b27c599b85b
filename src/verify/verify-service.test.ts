/** Services of other forms than the Product service: fakes that answer as their contract says, or not. */
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { type Answered, type Asked, faultyProxy } from "../../test/faulty-proxy.ts";
import { changedPlan } from "../../test/product-plan.ts";
import type { ServicePlan } from "../plan/index.ts";
import { type Check, type VerifyOptions, verifyService } from "./index.ts";

const text = z.string().max(9);
const note = z.strictObject({ id: z.int(), text, done: z.boolean().optional() });
const refused = { 400: { description: "not valid" } };
const example = { pathParameters: { id: "1" } };
const pathParameters = z.object({ id: z.string().regex(/^\d+$/) });
const lambda = (route: string, more: object) => ({
  description: "Does something",
  entry: "src/f.ts",
  routes: [route],
  auth: "none",
  ...more,
});

/** Notes that are really deleted, with numbers for ids, and no list. */
const notes = {
  make: lambda("POST /notes", {
    example: { body: { text: "hello", done: false } },
    schemas: {
      body: z.strictObject({ text, done: z.boolean().optional() }),
      responses: { 201: { description: "made", body: note }, ...refused },
    },
  }),
  read: lambda("GET /notes/{id}", {
    example,
    schemas: {
      pathParameters,
      responses: {
        200: { description: "it", body: note },
        404: { description: "none" },
        ...refused,
      },
    },
  }),
  replace: lambda("PUT /notes/{id}", {
    example: { ...example, body: { text: "bye" } },
    schemas: {
      pathParameters,
      body: z.strictObject({ text, done: z.boolean().optional() }),
      responses: {
        200: { description: "it", body: note },
        404: { description: "none" },
        ...refused,
      },
    },
  }),
  remove: lambda("DELETE /notes/{id}", {
    example,
    schemas: { pathParameters, responses: { 204: { description: "gone" }, ...refused } },
  }),
};

type Fake = (asked: Asked) => Answered;

/** Answers as the contract of the notes says. */
function notesService(): { readonly fake: Fake; readonly there: Map<number, object> } {
  const there = new Map<number, object>();
  const body = z.strictObject({ text, done: z.boolean().optional() });
  const fake: Fake = (asked) => {
    const answer = (status: number, value?: unknown, type = "application/json"): Answered => ({
      status,
      headers: {
        "access-control-allow-origin": "*",
        "access-control-expose-headers": "ETag,Location,X-Correlation-Id",
        "x-correlation-id": String(asked.headers["x-correlation-id"]),
        ...(value === undefined ? {} : { "content-type": type }),
      },
      text: value === undefined ? "" : JSON.stringify(value),
    });
    const problem = (status: number, fields: readonly string[]) => {
      const errors = fields.map((field) => ({ field, message: "is wrong" }));
      const more = { type: "about:blank", title: "No", detail: "No.", requestId: "r" };
      return answer(status, { ...more, status, errors }, "application/problem+json");
    };
    const [, collection, key = ""] = asked.path.split("/");
    if (collection !== "notes") return gateway;
    if (asked.method === "OPTIONS") return preflight(key === "" ? "POST" : "GET,PUT,DELETE");
    if (key !== "" && !/^\d+$/.test(key)) return problem(400, ["id"]);
    const id = Number(key);
    let sent: object = {};
    if (asked.method === "POST" || asked.method === "PUT") {
      const result = body.safeParse(jsonOf(asked.body));
      if (!result.success) return problem(400, fieldsOf(result.error));
      sent = result.data;
    }
    if (asked.method === "POST") {
      there.set(there.size + 7, { id: there.size + 7, ...sent });
      return answer(201, there.get(there.size + 6));
    }
    if (!there.has(id)) return asked.method === "DELETE" ? answer(204) : problem(404, ["id"]);
    if (asked.method === "DELETE") {
      there.delete(id);
      return answer(204);
    }
    if (asked.method === "PUT") there.set(id, { id, ...sent });
    return answer(200, there.get(id));
  };
  return { fake, there };
}

const gateway: Answered = {
  status: 403,
  headers: {
    "access-control-allow-origin": "*",
    "content-type": "application/json",
    "x-amzn-errortype": "MissingAuthenticationTokenException",
  },
  text: '{"message":"Missing Authentication Token"}',
};

function preflight(methods: string): Answered {
  return {
    status: 200,
    headers: {
      "access-control-allow-origin": "*",
      "access-control-allow-methods": `${methods},OPTIONS`,
      "access-control-allow-headers": changedPlan().api.cors.allowHeaders.join(","),
      "access-control-max-age": "600",
    },
    text: "",
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function fieldsOf({ issues }: z.ZodError): string[] {
  return issues.flatMap((issue) => {
    if (issue.code === "unrecognized_keys") return issue.keys;
    return [issue.path.length === 0 ? "body" : issue.path.map(String).join(".")];
  });
}

async function verify(fake: Fake, plan: ServicePlan, options: Partial<VerifyOptions> = {}) {
  const url = await faultyProxy("", { instead: fake });
  return verifyService({ plan, url, roundTrip: true, onCheck: () => {}, ...options });
}

const plan = changedPlan(notes);
const failedOf = (checks: readonly Check[]) => checks.filter((one) => !one.passed);
const detailsOf = (checks: readonly Check[]) =>
  Object.fromEntries(failedOf(checks).map(({ id, detail }) => [id, detail]));

describe("a service", () => {
  it("may really delete, count its items, have no list, and replace what PUT does not name", async () => {
    const { fake, there } = notesService();
    const { checks } = await verify(fake, plan);
    const trip = checks.filter(({ id }) => id.startsWith("round-trip")).map(({ id }) => id);
    expect(trip.map((id) => id.split(" ").at(-1))).toEqual([
      "create",
      "read",
      "update",
      "read-update",
      "delete",
      "gone",
      "clean-up",
    ]);
    // `done` is not required, and the change does not name it: whether it stays, the fake does not say.
    expect(Object.keys(detailsOf(checks))).toEqual([]);
    expect(there.size).toBe(0);
  });

  it("that does not say what it has made is told to have left something behind", async () => {
    const { fake } = notesService();
    const { checks } = await verify((asked) => {
      const { text, ...answer } = fake(asked);
      return { ...answer, text: answer.status === 201 ? "{}" : text };
    }, plan);
    expect(detailsOf(checks)).toEqual({
      "round-trip /notes create": expect.stringMatching(/neither Location nor id says what was/),
      "round-trip /notes clean-up": "POST may have made something, and has not said what",
    });
  });

  it("that fails while it makes something may have made it", async () => {
    const { fake } = notesService();
    const { checks } = await verify((asked) => {
      const answer = fake(asked);
      return answer.status === 201 ? { ...gateway, status: 502 } : answer;
    }, plan);
    expect(detailsOf(checks)).toEqual({
      "round-trip /notes create": expect.stringMatching(/^is 502 /),
      "round-trip /notes clean-up": "POST may have made something, and has not said what",
    });
  });

  it("that cannot be asked whether an item is gone may have it still", async () => {
    const { fake, there } = notesService();
    const { checks } = await verify((asked) => {
      const answer = fake(asked);
      const isRead = asked.method === "GET" && asked.path === "/notes/7";
      return isRead ? { ...gateway, status: 500 } : answer;
    }, plan);
    expect(detailsOf(checks)).toEqual({
      "round-trip /notes read": expect.stringMatching(/^is 500 /),
      "round-trip /notes clean-up": expect.stringMatching(
        /^7 may be left behind: GET of it is 500 /,
      ),
    });
    expect(there.size).toBe(0);
  });

  it("that refuses its own example has made nothing", async () => {
    const { fake } = notesService();
    const { checks } = await verify((asked) => {
      const answer = fake(asked);
      return answer.status === 201 ? { ...gateway, status: 409 } : answer;
    }, plan);
    expect(Object.keys(detailsOf(checks))).toEqual(["round-trip /notes create"]);
  });

  it("has nothing left behind where whoever listens fails in the middle", async () => {
    const { fake, there } = notesService();
    const onCheck = ({ id }: Check) => {
      if (id === "round-trip /notes read") throw new Error("the disk is full");
    };
    await expect(verify(fake, plan, { onCheck })).rejects.toThrow("the disk is full");
    expect(there.size).toBe(0);
  });

  it("is asked no more at once than its functions take", async () => {
    const [first, ...others] = plan.functions;
    const limited = [{ ...first, reservedConcurrency: 2 }, ...others] as ServicePlan["functions"];
    const { fake } = notesService();
    let running = 0;
    let most = 0;
    const url = await faultyProxy("", {
      instead: async (asked) => {
        most = Math.max(most, ++running);
        await sleep(5);
        running -= 1;
        return fake(asked);
      },
    });
    const options = { url, roundTrip: true, onCheck: () => {} };
    const { passed } = await verifyService({ ...options, plan: { ...plan, functions: limited } });
    expect([passed, most]).toEqual([true, 2]);
  });

  it("that lets in whatever origin asks is found, although all who are allowed are served", async () => {
    const allowOrigins = ["https://shop.example.com", "https://admin.example.com"];
    const { fake } = notesService();
    const strict = changedPlan(notes, { cors: { allowOrigins } });
    const answering = (allowed: (origin: string) => string | undefined) =>
      verify((asked) => {
        const { "access-control-allow-origin": _, ...headers } = fake(asked).headers;
        const origin = allowed(String(asked.headers.origin));
        return {
          ...fake(asked),
          headers: { ...headers, ...(origin && { "access-control-allow-origin": origin }) },
        };
      }, strict);
    const good = await answering((origin) => allowOrigins.find((one) => one === origin));
    expect(detailsOf(good.checks)).toEqual({});
    const careless = detailsOf((await answering((origin) => origin)).checks);
    const wrong =
      'Access-Control-Allow-Origin is "https://verify.invalid" where https://verify.invalid has asked';
    expect(careless).toEqual({
      "GET /notes/{id} example.foreign": wrong,
      "OPTIONS /notes preflight.foreign": wrong,
      "OPTIONS /notes/{id} preflight.foreign": wrong,
    });
  });
});
