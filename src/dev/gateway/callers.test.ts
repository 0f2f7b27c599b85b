import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { apiPlan, LocalGateway, report } from "../../../test/local-gateway.ts";
import type { RoutePlan } from "../../plan/index.ts";

let gateway: LocalGateway;
beforeAll(async () => {
  gateway = await LocalGateway.start();
});
afterAll(() => gateway.close());

function serves(auth: RoutePlan["auth"]): void {
  const routes = apiPlan().routes.map((route) => ({ ...route, auth }));
  gateway.serves([], { routes });
  gateway.invocations.length = 0;
}

describe("a route that is not for everybody", () => {
  it("asks the authorizer, and tells the function what it said", async () => {
    serves({ type: "jwt", scopes: ["items:write"] });
    const resource = "arn:aws:execute-api:eu-west-1:123456789012:local/v1/POST/items";
    const policyDocument = {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "execute-api:Invoke", Resource: resource }],
    };
    const payload = JSON.stringify({ principalId: "ann", policyDocument });
    gateway.authorization = { ok: true, payload, report };
    const headers = { authorization: "Bearer a.b.c" };
    expect((await gateway.ask("POST /v1/items", { headers })).status).toBe(200);
    expect(gateway.authorizations).toEqual([
      { type: "TOKEN", methodArn: resource, authorizationToken: "Bearer a.b.c" },
    ]);
    expect(gateway.lastEvent?.requestContext.authorizer).toMatchObject({ principalId: "ann" });
    expect((await gateway.ask("GET /items", { headers })).status).toBe(403);
    expect(gateway.invocations).toHaveLength(1);
  });

  it("says what to come with where there is no token, or one that counts for nothing", async () => {
    serves({ type: "jwt", scopes: ["items:write"] });
    const error = { errorType: "Error", errorMessage: "Unauthorized" };
    gateway.authorization = { ok: false, reason: "function", error, report };
    for (const headers of [{}, { authorization: "Bearer a.b.c" }]) {
      const answer = await gateway.ask("GET /items", { headers });
      expect([answer.status, answer.headers["www-authenticate"]]).toEqual([401, "Bearer"]);
    }
    expect((await gateway.ask("GET /nothing")).headers).not.toHaveProperty("www-authenticate");
  });

  it("is 500 where the authorizer fails, for scripts to read, and without its words", async () => {
    serves({ type: "jwt", scopes: ["items:write"] });
    const error = { errorType: "Error", errorMessage: "secret" };
    gateway.authorization = { ok: false, reason: "function", error, report };
    const answer = await gateway.ask("GET /items", { headers: { authorization: "x" } });
    expect([answer.status, answer.body]).toEqual([500, '{"message":null}']);
    expect(answer.headers["access-control-allow-origin"]).toBe("*");
    expect(gateway.invocations).toEqual([]);
  });

  it("wants a signature where IAM decides, and says that it does not know whose it is", async () => {
    serves({ type: "iam" });
    expect((await gateway.ask("GET /items")).status).toBe(403);
    expect(gateway.invocations).toEqual([]);
    const authorization =
      "AWS4-HMAC-SHA256 Credential=A/20261127/eu-west-1/execute-api/aws4_request, SignedHeaders=host, Signature=0a";
    const headers = { authorization, "x-amz-date": "20261127T000000Z" };
    expect((await gateway.ask("GET /items", { headers })).status).toBe(200);
    const { userArn } = gateway.lastEvent?.requestContext.identity ?? {};
    expect(userArn).toBe("arn:aws:iam::123456789012:user/local");
  });
});
