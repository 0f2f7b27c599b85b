/** What decides where a name leads and what is known of replicas: an emulator, and answers in AWS's form where it has none. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { plantName } from "../../test/deployed/planted/plant-name.ts";
import { MemoryName } from "../../test/region-world.ts";
import { isLacking } from "../../test/terraform.ts";
import { type Account, enterAccount } from "../emulator/deployed/account.ts";
import { findMoto, type Moto, startMoto } from "../emulator/start-moto.ts";
import type { NameSwitch } from "../recover/index.ts";
import { type Access, HealthChecks, impatient, ReplicatedTables } from "./index.ts";

const credentials = { accessKeyId: "test", secretAccessKey: "test", sessionToken: "test" };
const zone = "Z0123456789";
const check = "abcdef11-2222-3333-4444-555555fedcba";

/** A server that stands for AWS, and hears what it is asked. */
async function answering(
  answer: (request: IncomingMessage, body: string, response: ServerResponse) => void,
): Promise<Access> {
  const server = createServer(async (request, response) =>
    answer(request, await text(request), response),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { endpoint: `http://127.0.0.1:${port}`, credentials };
}

it("a replica is added by the region that has the table", async () => {
  let asked: unknown;
  const access = await answering((request, body, response) => {
    asked = [request.headers["x-amz-target"], JSON.parse(body)];
    response.end("{}");
  });
  await new ReplicatedTables("eu-west-1", access).addReplica("products-prod", "af-south-1");
  expect(asked).toEqual([
    "DynamoDB_20120810.UpdateTable",
    {
      TableName: "products-prod",
      ReplicaUpdates: [{ Create: { RegionName: "af-south-1" } }],
    },
  ]);
});

describe.skipIf(isLacking(findMoto(), "No name is led elsewhere"))(
  "a name with two regions",
  () => {
    let moto: Moto;
    let account: Account;
    let access: Access;

    beforeAll(async () => {
      moto = await startMoto("eu-west-1", undefined, false);
      account = await enterAccount(moto, "111122223333", "eu-west-1");
      access = { endpoint: moto.url, credentials: account.credentials };
    });
    afterAll(() => moto?.stop());

    it.each(["in an emulator", "in memory"])(
      "leads to its primary record as long as its health check is not held down, %s",
      async (where) => {
        const zoneId = await plantName(account, "api.example.com");
        const checks = new HealthChecks(access);
        const name: NameSwitch =
          where === "in memory"
            ? new MemoryName()
            : {
                read: () => checks.ofName(zoneId, "api.example.com"),
                holdDown: (one) => checks.holdDown(one),
                letCheck: (one) => checks.letCheck(one),
              };
        const { id = "", is } = (await name.read()) ?? {};
        expect([id, is]).toEqual([expect.stringMatching(/^[0-9a-z-]+$/), "checking"]);
        for (const [change, state] of [
          ["holdDown", "held-down"],
          ["holdDown", "held-down"],
          ["letCheck", "checking"],
          ["letCheck", "checking"],
        ] as const) {
          await name[change](id);
          expect(await name.read()).toEqual({ id, is: state });
        }
      },
    );

    it("is none of the names beside it", async () => {
      const zoneId = await plantName(account, "api.example.org");
      const checks = new HealthChecks(access);
      expect(await checks.ofName(zoneId, "ap.example.org")).toBeUndefined();
      expect(await checks.ofName(zoneId, "www.example.org")).toBeUndefined();
    });

    it("asks for a zone that there is", async () => {
      await expect(new HealthChecks(access).ofName("Z0", "api.example.com")).rejects.toMatchObject({
        code: "AWS_FAILED",
        message: expect.stringContaining("To look where api.example.com leads: "),
      });
    });
  },
);

describe("a health check, as Route 53 says it", () => {
  const records = `<?xml version="1.0" encoding="UTF-8"?>
<ListResourceRecordSetsResponse xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><ResourceRecordSets>
<ResourceRecordSet><Name>api.example.com.</Name><Type>A</Type><SetIdentifier>standby</SetIdentifier><Failover>SECONDARY</Failover><AliasTarget><HostedZoneId>Z1</HostedZoneId><DNSName>d-b.execute-api.eu-west-1.amazonaws.com.</DNSName><EvaluateTargetHealth>false</EvaluateTargetHealth></AliasTarget></ResourceRecordSet>
<ResourceRecordSet><Name>api.example.com.</Name><Type>A</Type><SetIdentifier>primary</SetIdentifier><Failover>PRIMARY</Failover><AliasTarget><HostedZoneId>Z2</HostedZoneId><DNSName>d-a.execute-api.af-south-1.amazonaws.com.</DNSName><EvaluateTargetHealth>false</EvaluateTargetHealth></AliasTarget><HealthCheckId>${check}</HealthCheckId></ResourceRecordSet>
</ResourceRecordSets><IsTruncated>false</IsTruncated><MaxItems>300</MaxItems></ListResourceRecordSetsResponse>`;
  const described = (
    disabled: boolean,
    inverted: boolean,
  ) => `<?xml version="1.0" encoding="UTF-8"?>
<GetHealthCheckResponse xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><HealthCheck><Id>${check}</Id><CallerReference>api</CallerReference><HealthCheckConfig><Port>443</Port><Type>HTTPS</Type><ResourcePath>/v1/v1.0/products</ResourcePath><FullyQualifiedDomainName>abc.execute-api.af-south-1.amazonaws.com</FullyQualifiedDomainName><RequestInterval>30</RequestInterval><FailureThreshold>3</FailureThreshold><MeasureLatency>false</MeasureLatency><Inverted>${inverted}</Inverted><Disabled>${disabled}</Disabled><EnableSNI>true</EnableSNI></HealthCheckConfig><HealthCheckVersion>7</HealthCheckVersion></HealthCheck></GetHealthCheckResponse>`;

  it.each([
    [false, false, "checking"],
    [true, true, "held-down"],
    [true, false, "held-up"],
    [false, true, "inverted"],
  ])("is, disabled %j and inverted %j, %s", async (disabled, inverted, is) => {
    const access = await answering(({ url = "" }, _, response) => {
      response.end(url.includes("rrset") ? records : described(disabled, inverted));
    });
    expect(await new HealthChecks(access).ofName(zone, "api.example.com")).toEqual({
      id: check,
      is,
    });
  });

  it("is changed only where nobody else changes it at the same moment", async () => {
    const sent: string[] = [];
    const access = await answering(({ method }, body, response) => {
      if (method === "POST") sent.push(body);
      response.end(
        described(false, false).replaceAll(
          "GetHealthCheckResponse",
          method === "POST" ? "UpdateHealthCheckResponse" : "GetHealthCheckResponse",
        ),
      );
    });
    await new HealthChecks(access).holdDown(check);
    await new HealthChecks(access).letCheck(check);
    expect(
      sent.map((body) => body.match(/<(HealthCheckVersion|Disabled|Inverted)>\w+/g)?.sort()),
    ).toEqual([
      ["<Disabled>true", "<HealthCheckVersion>7", "<Inverted>true"],
      ["<Disabled>false", "<HealthCheckVersion>7", "<Inverted>false"],
    ]);
  });
});

describe("a replicated table, as DynamoDB says it", () => {
  it("has the states of its replicas, by their region", async () => {
    const access = await answering((_, __, response) => {
      response.end(
        JSON.stringify({
          Table: {
            TableStatus: "ACTIVE",
            Replicas: [
              { RegionName: "af-south-1", ReplicaStatus: "REGION_DISABLED" },
              { RegionName: "eu-central-1", ReplicaStatus: "ACTIVE" },
            ],
          },
        }),
      );
    });
    expect(await new ReplicatedTables("eu-west-1", access).read("products-prod")).toEqual({
      bytes: 0,
      status: "ACTIVE",
      replicas: { "af-south-1": "REGION_DISABLED", "eu-central-1": "ACTIVE" },
    });
  });

  it("has none where it stands alone, and is nothing where it is not there", async () => {
    const alone = await answering((_, __, response) => {
      response.end(JSON.stringify({ Table: { TableStatus: "CREATING" } }));
    });
    expect(await new ReplicatedTables("eu-west-1", alone).read("products-prod")).toEqual({
      bytes: 0,
      status: "CREATING",
      replicas: {},
    });
    const gone = await answering((_, __, response) => {
      const body = { __type: "com.amazonaws.dynamodb.v20120810#ResourceNotFoundException" };
      response.writeHead(400, { "Content-Type": "application/x-amz-json-1.0" });
      response.end(JSON.stringify(body));
    });
    expect(await new ReplicatedTables("eu-west-1", gone).read("products-prod")).toBeUndefined();
  });
});

describe("a region that may be lost", () => {
  it("is asked no longer than was said, where it takes calls and never answers", async () => {
    let calls = 0;
    const access = await answering(() => {
      calls += 1;
    });
    const silent = { ...access, ...impatient(0.3) };
    await expect(
      new ReplicatedTables("eu-west-1", silent).read("products-prod"),
    ).rejects.toMatchObject({ code: "AWS_UNREACHABLE" });
    expect(calls).toBe(2);
  });
});
