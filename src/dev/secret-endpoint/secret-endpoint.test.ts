/** Secrets on this machine, read by functions with the AWS SDK. */
import { execFile } from "node:child_process";
import { chmod, readFile, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { payingFolder } from "../../../test/paying-service.ts";
import { type Served, serve } from "../../../test/served-service.ts";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { LocalSecrets } from "./index.ts";

const canary = { payment: "canary-4f1c9e7a2b", tax: "canary-77d0b1c3e5" };

describe("secrets of a local service", () => {
  let directory: string;
  let local: LocalSecrets;
  let served: Served;

  beforeAll(async () => {
    directory = await payingFolder();
    local = new LocalSecrets(directory);
    served = await serve(directory);
  }, 60_000);

  afterAll(async () => {
    await served?.stop();
    await rm(directory, { recursive: true, force: true });
  });

  beforeEach(async () => {
    await local.set("paymentKey", canary.payment);
    await local.set("taxToken", canary.tax);
  });

  it("are told to be missing as soon as it serves, each with the command that sets it", () => {
    const missing = served.of("secret-missing").filter((event) => event.function === null);
    expect(missing.map(({ secret, fix }) => [secret, fix])).toEqual([
      ["paymentKey", "lambdakit secret set paymentKey --env local"],
      ["taxToken", "lambdakit secret set taxToken --env local"],
    ]);
  });

  it("are read by the function that declares them, from the moment that they are set", async () => {
    const { json } = await served.ask("GET /pay");
    expect(json).toEqual({
      values: [canary.payment, canary.tax],
      variables: "/acme/trial/dev/payment-key",
    });
  });

  it("are not read by another function, which knows their names", async () => {
    const { json } = await served.ask("GET /other?ask=named");
    expect(json).toMatchObject({
      name: "AccessDeniedException",
      message:
        "User: arn:aws:sts::123456789012:assumed-role/acme-trial-other-dev/acme-trial-other-dev is not authorized to perform: ssm:GetParameter on resource: arn:aws:ssm:eu-west-1:123456789012:parameter/acme/trial/dev/payment-key because no identity-based policy allows the ssm:GetParameter action",
    });
    const denied = await served.happened("access-denied");
    expect(denied).toMatchObject({
      function: "other",
      action: "ssm:GetParameter",
      fix: 'add "paymentKey" to functions.other.secrets in service.ts',
    });
    expect((await served.ask("GET /other")).json).toMatchObject({
      message: "paymentKey is no secret of this function: add it to its secrets in service.ts.",
    });
  });

  it("come encrypted to whoever does not ask for them decrypted", async () => {
    const { json } = await served.ask("GET /pay?ask=encrypted");
    expect(json.values[0]).toMatch(/^[\w+/]{100,}=*$/);
  });

  it("that have no value are AWS's answer for that, and an event with what to type", async () => {
    await local.remove("paymentKey");
    const { json } = await served.ask("GET /pay?ask=named");
    expect(json).toMatchObject({ name: "ParameterNotFound" });
    await served.happened("secret-missing", (event) => event.function === "pay");
  });

  it("are in nothing that is told, logged or kept but in their own file", async () => {
    await served.ask("GET /pay");
    await served.ask("GET /pay?ask=named");
    const told = JSON.stringify([
      ...["output", "request", "invoked", "access-denied", "secret-missing"].flatMap((type) =>
        served.of(type as "output"),
      ),
      served.server.plan,
    ]);
    expect(told).toContain("paid with [secret paymentKey] and [secret taxToken]");
    const lambdaApi = await fetch(`${served.url}/2015-03-31/functions`);
    const texts = [told, await lambdaApi.text()];
    for (const text of texts) {
      for (const value of Object.values(canary)) expect(text).not.toContain(value);
    }
    // Exit code 1: grep has found nothing.
    const search = promisify(execFile)("grep", ["-rlE", "canary-[0-9a-f]{10}", directory]);
    expect((await search).stdout.trim()).toBe(local.file);
  });
});

describe("the file of local secrets", () => {
  const useFile = async (text?: string) => {
    const folder = await temporaryFolder();
    const local = new LocalSecrets(folder);
    if (text !== undefined) {
      await local.set("any", "thing");
      await writeFile(local.file, text);
    }
    return local;
  };

  it("is read by nobody but its owner, and left alone by git", async () => {
    const local = await useFile();
    await local.set("paymentKey", canary.payment);
    expect((await stat(local.file)).mode & 0o777).toBe(0o600);
    const ignored = path.join(path.dirname(local.file), ".gitignore");
    expect(await readFile(ignored, "utf8")).toBe("*\n");
  });

  it("is closed to others where it was made by hand", async () => {
    const local = await useFile('{ "paymentKey": "by hand" }');
    await chmod(local.file, 0o644);
    expect(await local.read()).toEqual({ paymentKey: "by hand" });
    expect((await stat(local.file)).mode & 0o777).toBe(0o600);
  });

  it("has what was set last, and not what was removed", async () => {
    const local = await useFile();
    expect(await local.read()).toEqual({});
    await local.set("b", "1");
    await local.set("a", "2");
    await local.set("b", "3");
    expect(await local.read()).toEqual({ a: "2", b: "3" });
    expect([await local.remove("a"), await local.remove("a")]).toEqual([true, false]);
    expect(await local.read()).toEqual({ b: "3" });
  });

  it.each(['{ "paymentKey": "canary-4f1c9e7a2b"', '["canary-4f1c9e7a2b"]', "1", '{ "a": 1 }'])(
    "that is %s is refused without a word of what is in it",
    async (text) => {
      const local = await useFile(text);
      const error: unknown = await local.read().catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: "LOCAL_SECRETS" });
      expect(String(Object(error).message)).not.toContain("canary");
    },
  );
});

describe("whoever decides about the functions' calls", () => {
  it("is asked of secrets, too", async () => {
    const directory = await payingFolder();
    onTestFinished(() => rm(directory, { recursive: true, force: true }));
    const asked: string[] = [];
    const served = await serve(directory, {
      secrets: { paymentKey: "1", taxToken: "2" },
      judgeOf:
        ({ key }) =>
        ({ action }) => {
          asked.push(`${key} ${action}`);
          return action === "kms:Decrypt"
            ? { effect: "implicit-deny", unallowedBy: "policies" }
            : { effect: "allowed", by: { in: "policies", policy: 0, statement: 0, sid: null } };
        },
    });
    onTestFinished(() => served.stop());
    expect((await served.ask("GET /pay?ask=named")).json.name).toBe("AccessDeniedException");
    expect(asked).toEqual(["pay ssm:GetParameter", "pay kms:Decrypt"]);
    expect(served.of("access-denied")).toMatchObject([{ function: "pay", action: "kms:Decrypt" }]);
  });
});

describe("values that a test gives", () => {
  it("are those that functions read, whatever the file has", async () => {
    const directory = await payingFolder();
    onTestFinished(() => rm(directory, { recursive: true, force: true }));
    const secrets = { paymentKey: "of the test", taxToken: "of the test, too" };
    const served = await serve(directory, { secrets });
    onTestFinished(() => served.stop());
    expect((await served.ask("GET /pay")).json.values).toEqual(["of the test", "of the test, too"]);
    expect(served.of("secret-missing")).toEqual([]);
  });
});
