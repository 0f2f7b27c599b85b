/** A region that the account has not enabled: AWS says of it what it says of keys that are wrong. */
import { createServer } from "node:http";
import { describe, expect, it, onTestFinished } from "vitest";
import { notEnabledAnswer } from "../../test/deployed/not-enabled.ts";
import { withVariables } from "../../test/variables.ts";
import { listen } from "../dev/gateway/listen.ts";
import { LambdakitError } from "../errors/index.ts";
import { Bucket, ReplicatedTables, whoCalls } from "./index.ts";

const identity = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:user/ada</Arn><UserId>A</UserId><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`;

/** AWS, where it knows the credentials in some regions, or by some services only. @returns who was asked */
async function awsThat(knows: (region: string, service: string) => boolean): Promise<string[]> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    request.resume();
    const [, region = "", service = ""] =
      /\/\d{8}\/([^/]+)\/([^/]+)\//.exec(request.headers.authorization ?? "") ?? [];
    asked.push(`${service} ${region}`);
    const { status, type, body } = knows(region, service)
      ? { status: 200, type: "text/xml", body: identity }
      : notEnabledAnswer(request);
    response.writeHead(status, { "content-type": type }).end(body);
  });
  const { port, close } = await listen(server, 0);
  const restore = withVariables({
    AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test", // not-a-secret: nobody checks it
    AWS_SESSION_TOKEN: "test",
    AWS_PROFILE: undefined,
  });
  onTestFinished(async () => {
    restore();
    await close();
  });
  return asked;
}

const calls: readonly (readonly [string, (region: string) => Promise<unknown>])[] = [
  ["STS", (region) => whoCalls(region)],
  ["DynamoDB", (region) => new ReplicatedTables(region).read("products-prod")],
  ["S3, asked for an object", (region) => new Bucket("artifacts", region).read("a.json")],
  ["S3, asked whether a bucket is there", (region) => new Bucket("artifacts", region).exists()],
];

describe.each(calls)("a call to %s", (_, call) => {
  const errorIn = async (region: string): Promise<LambdakitError> => {
    const error: unknown = await call(region).catch((thrown) => thrown);
    if (error instanceof LambdakitError) return error;
    throw error;
  };

  it("says which region the account has not enabled, and how to enable it", async () => {
    await awsThat((region) => region !== "af-south-1");
    const error = await errorIn("af-south-1");
    expect(error).toMatchObject({
      code: "AWS_REGION_NOT_ENABLED",
      exitCode: 77,
      fix: expect.stringMatching(/^aws account enable-region --region-name af-south-1; /),
    });
    expect(error.message).toMatch(/^The account has not enabled the region af-south-1: /);
  });

  it("does not blame the region where nobody knows the credentials anywhere", async () => {
    await awsThat(() => false);
    expect((await errorIn("af-south-1")).code).not.toBe("AWS_REGION_NOT_ENABLED");
  });
});

it("asks nobody else where the region is one that every account has", async () => {
  const asked = await awsThat(() => false);
  await expect(whoCalls("us-east-1")).rejects.toMatchObject({ code: "AWS_CREDENTIALS_UNKNOWN" });
  expect(asked).toEqual(["sts us-east-1"]);
});

it("does not blame the region where it is one service that refuses the credentials", async () => {
  await awsThat((_, service) => service === "sts");
  await expect(new ReplicatedTables("af-south-1").read("products")).rejects.toMatchObject({
    code: "AWS_CREDENTIALS_UNKNOWN",
  });
});
