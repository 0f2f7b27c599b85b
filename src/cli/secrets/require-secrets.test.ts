/** What plan, deploy and promote do about secrets without a value. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { payingPlan } from "../../../test/paying-service.ts";
import { recordingTerminal } from "../../../test/recording-terminal.ts";
import { withVariables } from "../../../test/variables.ts";
import { lookForSecrets, requireSecrets, tellMissingSecrets } from "./require-secrets.ts";

/** Stands for both stores: one answers with a parameter, or both refuse. */
async function stores(answer: { status: number; body: object }): Promise<string[]> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(String(request.headers["x-amz-target"]));
    response.writeHead(answer.status).end(JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  onTestFinished(
    withVariables({
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test", // not-a-secret: nobody gets it
      AWS_PROFILE: undefined,
      AWS_MAX_ATTEMPTS: "1",
    }),
  );
  return asked;
}

const there = {
  status: 200,
  body: { Parameters: [{ Name: "/acme/trial/sit/payment-key", Type: "SecureString" }] },
};

describe("a secret without a value", () => {
  const plan = payingPlan("sit");

  it("is found by names and dates alone, and named with what to type", async () => {
    const asked = await stores(there);
    const { terminal, recording } = recordingTerminal();
    const missing = await lookForSecrets(plan, { terminal });
    expect(missing.map(({ key }) => key)).toEqual(["taxToken"]);
    expect(asked.sort()).toEqual(["AmazonSSM.DescribeParameters", "secretsmanager.ListSecrets"]);
    tellMissingSecrets(missing, plan, { terminal });
    expect(recording.stderr).toBe(
      "No value in sit: taxToken, which pay reads.\nfix: lambdakit secret set taxToken --env sit\n",
    );
  });

  it("is missing in the region that stands by, too, where AWS CLI gives it a value", async () => {
    const { terminal, recording } = recordingTerminal();
    const waiting = { ...plan, place: "standby", region: "eu-central-1" } as const;
    tellMissingSecrets(plan.secrets, waiting, { terminal });
    expect(recording.stderr.split("\n")).toEqual([
      "No value in sit, eu-central-1: paymentKey, which pay reads; taxToken, which pay reads.",
      "fix: aws ssm put-parameter --region eu-central-1 --type SecureString --name /acme/trial/sit/payment-key --value file:///dev/stdin",
      "fix: aws secretsmanager create-secret --region eu-central-1 --name /acme/trial/sit/tax-token --secret-string file:///dev/stdin",
      "",
    ]);
  });

  it("keeps a deployment from going on", async () => {
    await stores(there);
    const { terminal } = recordingTerminal();
    const missing = await lookForSecrets(plan, { terminal });
    expect(() => requireSecrets(missing, plan)).toThrow(
      expect.objectContaining({
        code: "SECRET_MISSING",
        message: "No value in sit: taxToken, which pay reads. Nothing was changed.",
        fix: "lambdakit secret set taxToken --env sit",
      }),
    );
    expect(() => requireSecrets([], plan)).not.toThrow();
  });

  it("is not known where the role may not look, which is said, and stops nobody", async () => {
    const body = { __type: "AccessDeniedException", message: "not you" };
    await stores({ status: 400, body });
    const { terminal, recording } = recordingTerminal();
    expect(await lookForSecrets(plan, { terminal })).toEqual([]);
    expect(recording.stderr).toContain("Whether secrets have values is not known:");
    expect(recording.stderr).toContain("fix: lambdakit bootstrap --env sit");
  });

  it("is looked for in no store where the service has no secrets", async () => {
    const asked = await stores(there);
    const { terminal } = recordingTerminal();
    expect(await lookForSecrets({ ...plan, secrets: [] }, { terminal })).toEqual([]);
    expect(asked).toEqual([]);
  });
});
