/** Figures, read back from an emulator of CloudWatch. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { CloudWatchClient, PutMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withVariables } from "../../test/variables.ts";
import { findMoto, type Moto, startMoto } from "../emulator/start-moto.ts";
import { type MetricQuery, Metrics } from "./index.ts";

const lacks = findMoto();
const region = "eu-west-1";
const minute = 60_000;
/** A full minute, some minutes ago. */
const began = Math.floor(Date.now() / minute) * minute - 5 * minute;

const invocations = (id: string, functionName: string, statistic = "Sum"): MetricQuery => ({
  id,
  namespace: "AWS/Lambda",
  name: "Invocations",
  statistic,
  dimensions: { FunctionName: functionName },
});

describe.skipIf(lacks.length > 0)("metrics", () => {
  let moto: Moto;
  let restore: () => void;

  beforeAll(async () => {
    moto = await startMoto(region, "111122223333");
    restore = withVariables({ ...moto.env, AWS_PROFILE: undefined });
    const client = new CloudWatchClient({ region });
    const datum = (functionName: string, Value: number, at: number) => ({
      MetricName: "Invocations",
      Value,
      Timestamp: new Date(at),
      Dimensions: [{ Name: "FunctionName", Value: functionName }],
    });
    await client.send(
      new PutMetricDataCommand({
        Namespace: "AWS/Lambda",
        MetricData: [
          datum("list", 7, began + minute),
          datum("list", 2, began),
          datum("list", 3, began + 1000),
          datum("get", 1, began),
        ],
      }),
    );
  });

  afterAll(async () => {
    restore?.();
    await moto?.stop();
  });

  const window = {
    from: new Date(began),
    to: new Date(began + 3 * minute),
    periodSeconds: 60,
  };

  it("has a point for each period in which something happened, the oldest first", async () => {
    const read = await new Metrics(region).read(
      [
        invocations("sum", "list"),
        invocations("most", "list", "Maximum"),
        invocations("never", "nobodys"),
      ],
      window,
    );
    expect([...read]).toEqual([
      [
        "sum",
        [
          { at: began, value: 5 },
          { at: began + minute, value: 7 },
        ],
      ],
      [
        "most",
        [
          { at: began, value: 3 },
          { at: began + minute, value: 7 },
        ],
      ],
      ["never", []],
    ]);
  });

  it("asks for more than one call takes", async () => {
    const many = Array.from({ length: 501 }, (_, n) =>
      invocations(`q${n}`, n === 500 ? "get" : "nobodys"),
    );
    const read = await new Metrics(region).read(many, window);
    expect(read.size).toBe(501);
    expect(read.get("q500")).toEqual([{ at: began, value: 1 }]);
  });

  it("goes on until it has every page, as CloudWatch hands out long series", async () => {
    const asked: unknown[] = [];
    const pages = [
      { values: [1], NextToken: "more" },
      { values: [], NextToken: "still more" },
      { values: [2, 3] },
    ];
    const server = createServer(async (request, response) => {
      const { NextToken } = JSON.parse(await text(request));
      const { values, ...page } = pages[asked.push(NextToken) - 1] ?? { values: [] };
      const Timestamps = values.map((value) => (began + value * minute) / 1000);
      const MetricDataResults = [{ Id: "sum", Timestamps, Values: values }];
      response.writeHead(200, { "Content-Type": "application/x-amz-json-1.0" });
      response.end(JSON.stringify({ MetricDataResults, ...page }));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const restoreEndpoint = withVariables({ AWS_ENDPOINT_URL: `http://127.0.0.1:${port}` });
    try {
      const read = await new Metrics(region).read([invocations("sum", "list")], window);
      expect(read.get("sum")?.map(({ value }) => value)).toEqual([1, 2, 3]);
      expect(asked).toEqual([undefined, "more", "still more"]);
    } finally {
      restoreEndpoint();
      server.close();
    }
  });

  it("asks nothing where nothing is wanted", async () => {
    const restoreEndpoint = withVariables({ AWS_ENDPOINT_URL: "http://127.0.0.1:9" });
    try {
      expect(await new Metrics(region).read([], window)).toEqual(new Map());
    } finally {
      restoreEndpoint();
    }
  });
});
