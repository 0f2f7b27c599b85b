/** The stores of secrets, as an emulator stands for them. */
import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { GetParameterCommand, PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { withVariables } from "../../test/variables.ts";
import { findMoto, type Moto, startMoto } from "../emulator/start-moto.ts";
import { ManagedSecrets, Parameters, type SecretStore } from "./index.ts";

const lacks = findMoto();
const region = "eu-west-1";

describe.skipIf(lacks.length > 0)("a store of secrets", () => {
  let moto: Moto;
  let restore: () => void;

  beforeAll(async () => {
    moto = await startMoto(region, "111122223333");
    restore = withVariables({ ...moto.env, AWS_PROFILE: undefined });
  });

  afterAll(async () => {
    restore?.();
    await moto?.stop();
  });

  const readParameter = async (name: string) => {
    const ssm = new SSMClient({ region });
    const { Parameter } = await ssm.send(
      new GetParameterCommand({ Name: name, WithDecryption: true }),
    );
    return Parameter?.Value;
  };
  const readSecret = async (name: string) => {
    const manager = new SecretsManagerClient({ region });
    return (await manager.send(new GetSecretValueCommand({ SecretId: name }))).SecretString;
  };
  const stores: [string, () => SecretStore, (name: string) => Promise<string | undefined>][] = [
    ["Parameter Store", () => new Parameters(region), readParameter],
    ["Secrets Manager", () => new ManagedSecrets(region), readSecret],
  ];

  describe.each(stores)("%s", (_, open, read) => {
    it("has a value that was set, and the newer one that was set after it", async () => {
      const [store, prefix] = [open(), `/acme/shop-${randomUUID()}/dev/`];
      expect(await store.list(prefix)).toEqual([]);
      await store.set(`${prefix}payment-key`, "first", "The payment provider's key");
      await store.set(`${prefix}payment-key`, "second", "The payment provider's key");
      expect(await read(`${prefix}payment-key`)).toBe("second");
      const [one, ...more] = await store.list(prefix);
      expect(more).toEqual([]);
      expect(one).toMatchObject({ name: `${prefix}payment-key`, isEncrypted: true });
      expect(Math.abs(Date.parse(one?.changedAt ?? "") - Date.now())).toBeLessThan(60_000);
    });

    it("tells of all that begin so, over more than one page, and of no others", async () => {
      const [store, service] = [open(), `/acme/shop-${randomUUID()}`];
      const names = Array.from({ length: 103 }, (_, number) => `${service}/dev/key-${number}`);
      await Promise.all(names.map((name) => store.set(name, "value", "A key")));
      await store.set(`${service}/sit/key-1`, "value", "A key");
      const listed = (await store.list(`${service}/dev/`)).map(({ name }) => name);
      expect(listed.sort()).toEqual(names.sort());
    });

    it("has a secret no longer that was removed, and takes it anew", async () => {
      const [store, prefix] = [open(), `/acme/shop-${randomUUID()}/dev/`];
      const name = `${prefix}payment-key`;
      await store.set(name, "first", "The payment provider's key");
      expect(await store.remove(name)).toBe(true);
      expect(await store.list(prefix)).toEqual([]);
      await expect(read(name)).rejects.toThrow();
      await store.set(name, "second", "The payment provider's key");
      expect(await read(name)).toBe("second");
      expect(await store.list(prefix)).toHaveLength(1);
    });

    it("says that there was nothing to remove", async () => {
      expect(await open().remove(`/acme/${randomUUID()}/dev/payment-key`)).toBe(false);
    });
  });

  it("says of a parameter that is plain text that it is not encrypted", async () => {
    const name = `/acme/${randomUUID()}/dev/payment-key`;
    await new SSMClient({ region }).send(
      new PutParameterCommand({ Name: name, Value: "text", Type: "String" }),
    );
    expect(await new Parameters(region).list(name)).toMatchObject([{ name, isEncrypted: false }]);
  });

  it("never repeats a value that AWS has quoted", async () => {
    const canary = "canary-4f1c9e7a2b";
    const body = JSON.stringify({ __type: "ValidationException", message: `Value '${canary}'` });
    const server = createServer((_, response) => response.writeHead(400).end(body));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const refused = new Parameters(region, { endpoint }).set("/acme/a", canary, "A key");
    const error = await refused.catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ message: expect.stringContaining("(the value)") });
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(canary);
  });

  it("says in which words of AWS it was refused", async () => {
    const refused = new Parameters(region).set("/aws/x", "value", "A key");
    await expect(refused).rejects.toMatchObject({
      code: expect.stringMatching(/^AWS_/),
      message: expect.stringContaining("To set the parameter /aws/x: "),
    });
  });
});
