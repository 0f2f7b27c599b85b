import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openRoutes } from "../../test/open-routes.ts";
import { callHandler } from "../testing/index.ts";
import { HttpError, httpHandler, noContent, ok } from "./index.ts";

beforeEach(() => {
  vi.stubEnv("ROUTE_AUTH", openRoutes);
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

const outcomes = {
  200: async () => ok({}),
  204: async () => noContent(),
  400: async () => {
    throw new HttpError(400, "No.");
  },
  500: async () => {
    throw new Error("boom");
  },
  503: async () => ({ status: 503 }),
};
const statuses = [200, 204, 400, 500, 503] as const;

/** The headers of an answer of this status, to a page of this origin. */
async function headersOf(status: (typeof statuses)[number], origin?: string) {
  vi.spyOn(process.stdout, "write").mockReturnValue(true);
  const headers = origin === undefined ? {} : { Origin: origin };
  const answer = await callHandler(httpHandler(outcomes[status]), { route: "GET /", headers });
  expect(answer.status).toBe(status);
  return answer.headers;
}

function configure(origins: string | undefined, exposed?: string): void {
  vi.stubEnv("CORS_ALLOW_ORIGINS", origins);
  vi.stubEnv("CORS_EXPOSE_HEADERS", exposed);
}

describe.each(statuses)("CORS headers of an answer with the status %i", (status) => {
  it("let every origin in where the service does", async () => {
    configure("*", "ETag,Location");
    const headers = await headersOf(status, "https://shop.example.com");
    expect(headers).toMatchObject({
      "access-control-allow-origin": "*",
      "access-control-expose-headers": "ETag,Location",
    });
    expect(headers).not.toHaveProperty("vary");
  });

  it("name the origin that asks, where it is one of those allowed", async () => {
    configure("https://shop.example.com https://admin.example.com");
    const headers = await headersOf(status, "https://admin.example.com");
    expect(headers).toMatchObject({
      "access-control-allow-origin": "https://admin.example.com",
      vary: "Origin",
    });
    expect(headers).not.toHaveProperty("access-control-expose-headers");
  });

  it.each([
    "https://evil.example",
    "https://shop.example.com.evil.example",
    "https://shop.example.co",
    "http://shop.example.com",
    "https://shop.example.com https://admin.example.com",
    "null",
  ])("name no origin where another one asks: %s", async (origin) => {
    configure("https://shop.example.com https://admin.example.com");
    const headers = await headersOf(status, origin);
    expect(headers).not.toHaveProperty("access-control-allow-origin");
    // A cache must not give this answer to a page that is allowed.
    expect(headers.vary).toBe("Origin");
  });

  it("name no origin where none asks", async () => {
    configure("https://shop.example.com");
    const headers = await headersOf(status);
    expect(headers).not.toHaveProperty("access-control-allow-origin");
    expect(headers.vary).toBe("Origin");
  });

  it.each([undefined, ""])("name no origin where none is configured: %s", async (origins) => {
    configure(origins);
    const headers = await headersOf(status, "https://shop.example.com");
    expect(headers).not.toHaveProperty("access-control-allow-origin");
    expect(headers).not.toHaveProperty("access-control-expose-headers");
  });
});

describe("the CORS headers", () => {
  it("do not depend on whether the caller's header is Origin or origin", async () => {
    vi.stubEnv("LOG_LEVEL", "ERROR");
    configure("https://shop.example.com");
    const answer = await callHandler(httpHandler(outcomes[204]), {
      route: "GET /",
      headers: { origin: "https://shop.example.com" },
    });
    expect(answer.headers["access-control-allow-origin"]).toBe("https://shop.example.com");
  });

  it("name no origin where none is configured and the caller's is empty", async () => {
    configure(undefined);
    expect(await headersOf(204, "")).not.toHaveProperty("access-control-allow-origin");
  });
});
