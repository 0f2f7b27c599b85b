/** The calls of the command line's own, made to an emulator. */
import { createHash, randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { withVariables } from "../../test/variables.ts";
import { findMoto, type Moto, startMoto } from "../emulator/start-moto.ts";
import { Bucket, whoCalls } from "./index.ts";

const lacks = findMoto();
if (lacks.length > 0) process.stderr.write(`AWS is not called in tests: ${lacks.join("; ")}.\n`);

const accountId = "111122223333";
const region = "eu-west-1";
const digest = (contents: Uint8Array) => createHash("sha256").update(contents).digest("hex");

/** A server that answers everything with this status and this body. */
async function answering(status: number, body = ""): Promise<string> {
  const server = createServer((_, response) => response.writeHead(status).end(body));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe.skipIf(lacks.length > 0)("AWS, as an emulator stands for it", () => {
  let moto: Moto;
  let restore: () => void;

  beforeAll(async () => {
    moto = await startMoto(region, accountId);
    restore = withVariables({ ...moto.env, AWS_PROFILE: undefined });
  });

  afterAll(async () => {
    restore?.();
    await moto?.stop();
  });

  /** A question in HTTP, which needs no client of ours. */
  const ask = (path: string, method = "GET") =>
    fetch(`${moto.url}${path}`, {
      method,
      headers: {
        Authorization: `AWS4-HMAC-SHA256 Credential=test/20261126/${region}/s3/aws4_request`,
      },
    });

  it("says whose credentials these are", async () => {
    expect(await whoCalls(region)).toEqual({
      accountId,
      arn: expect.stringMatching(`^arn:aws:sts::${accountId}:`),
    });
  });

  it.each(["eu-west-1", "af-south-1", "us-east-1"])(
    "has a bucket in %s once it was made, with versions",
    async (place) => {
      const name = `states-${randomUUID()}`;
      const bucket = new Bucket(name, place);
      expect(await bucket.exists()).toBe(false);
      expect(await bucket.ensure()).toBe(true);
      expect(await bucket.exists()).toBe(true);
      expect(await bucket.ensure()).toBe(false);
      expect(await (await ask(`/${name}?versioning`)).text()).toContain("<Status>Enabled</Status>");
      const location = await (await ask(`/${name}?location`)).text();
      expect(location.includes(place)).toBe(place !== "us-east-1");
    },
  );

  it("gets an artifact once, whoever uploads it at the same moment", async () => {
    const name = `artifacts-${randomUUID()}`;
    const bucket = new Bucket(name, region);
    await bucket.ensure();
    const contents = Buffer.from("a zip");
    const upload = () => bucket.uploadOnce("a/b.zip", contents, digest(contents));
    const uploaded = await Promise.all([upload(), upload(), upload()]);
    expect(uploaded.filter(Boolean).length).toBeGreaterThan(0);
    expect(await upload()).toBe(false);
    const there = await ask(`/${name}/a/b.zip`);
    expect(await there.text()).toBe("a zip");
    expect(there.headers.get("content-type")).toBe("application/zip");
    const versions = await (await ask(`/${name}?versions`)).text();
    expect(versions.match(/<Version>/g)).toHaveLength(uploaded.filter(Boolean).length);
  });

  it("is asked for no bucket that is not there", async () => {
    const bucket = new Bucket(`nobodys-${randomUUID()}`, region);
    const contents = Buffer.from("a zip");
    await expect(bucket.uploadOnce("a.zip", contents, digest(contents))).rejects.toMatchObject({
      code: "AWS_FAILED",
      message: expect.stringContaining("NoSuchBucket"),
    });
  });
});

describe("AWS that does not do what it is asked", () => {
  const keys = { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test", AWS_MAX_ATTEMPTS: "1" };
  const use = (endpoint: string) =>
    onTestFinished(withVariables({ ...keys, AWS_PROFILE: undefined, AWS_ENDPOINT_URL: endpoint }));

  it("is not allowed to look for a bucket of somebody else's", async () => {
    use(await answering(403));
    const bucket = new Bucket("theirs", region);
    await expect(bucket.ensure()).rejects.toMatchObject({
      code: "AWS_NOT_ALLOWED",
      message: expect.stringContaining("To make the bucket theirs: "),
    });
    await expect(bucket.exists()).rejects.toMatchObject({ code: "AWS_NOT_ALLOWED" });
  });

  it("does not know the credentials, or finds them expired", async () => {
    const answer = (code: string) =>
      `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>no</Message></Error></ErrorResponse>`;
    use(await answering(403, answer("InvalidClientTokenId")));
    await expect(whoCalls(region)).rejects.toMatchObject({ code: "AWS_CREDENTIALS_UNKNOWN" });
    use(await answering(403, answer("ExpiredToken")));
    await expect(whoCalls(region)).rejects.toMatchObject({
      code: "AWS_CREDENTIALS_EXPIRED",
      message: expect.stringContaining("To look whose credentials these are: "),
    });
  });

  it("does not answer", async () => {
    use("http://127.0.0.1:1");
    await expect(whoCalls(region)).rejects.toMatchObject({ code: "AWS_UNREACHABLE" });
    await expect(new Bucket("a", region).ensure()).rejects.toMatchObject({
      code: "AWS_UNREACHABLE",
    });
  });

  it("is not asked without credentials", async () => {
    onTestFinished(
      withVariables({
        AWS_ACCESS_KEY_ID: undefined,
        AWS_SECRET_ACCESS_KEY: undefined,
        AWS_PROFILE: undefined,
        AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
        AWS_CONFIG_FILE: "/dev/null",
        AWS_EC2_METADATA_DISABLED: "true",
        AWS_ENDPOINT_URL: "http://127.0.0.1:1",
      }),
    );
    await expect(whoCalls(region)).rejects.toMatchObject({ code: "AWS_NO_CREDENTIALS" });
  });
});
