import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import { json } from "node:stream/consumers";
import { afterEach, describe, expect, it } from "vitest";
import { freePort } from "../free-port.ts";
import { type Listening, listen } from "../gateway/listen.ts";
import { TableApiError, tableApi } from "./index.ts";

let engine: Listening | undefined;
afterEach(async () => {
  await engine?.close();
  engine = undefined;
});

/** A server that stands where an engine should. */
async function startEngine(answer: RequestListener): Promise<string> {
  engine = await listen(createServer(answer), 0);
  return `http://127.0.0.1:${engine.port}`;
}

async function answering(status: number, body: string): Promise<string> {
  return startEngine((_, response) => void response.writeHead(status).end(body));
}

describe("a call to the engine", () => {
  it("speaks DynamoDB's JSON protocol", async () => {
    let received: IncomingMessage | undefined;
    let input: unknown;
    const endpoint = await startEngine(async (request, response) => {
      received = request;
      input = await json(request);
      response.end('{"TableNames":["é"]}');
    });
    expect(await tableApi(endpoint, "ListTables", { Limit: 1 })).toEqual({ TableNames: ["é"] });
    expect(input).toEqual({ Limit: 1 });
    expect(received).toMatchObject({
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.0",
        "x-amz-target": "DynamoDB_20120810.ListTables",
        authorization: expect.stringMatching(/^AWS4-HMAC-SHA256 Credential=/),
      },
    });
  });

  it.each([
    ['{"__type":"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException","message":"No."}'],
    ['{"__type":"ResourceNotFoundException","Message":"No."}'],
  ])("fails with DynamoDB's name for the error, and its message: %s", async (body) => {
    const failure = await tableApi(await answering(400, body), "Scan", {}).catch((error) => error);
    expect(failure).toBeInstanceOf(TableApiError);
    expect(failure).toMatchObject({ name: "ResourceNotFoundException", message: "No." });
  });

  it("fails with the whole answer where it is none of DynamoDB's", async () => {
    const endpoint = await answering(500, '{"error":"disk full"}');
    await expect(tableApi(endpoint, "Scan", {})).rejects.toMatchObject({
      name: "UnknownError",
      message: '{"error":"disk full"}',
    });
  });

  it("fails where the answer is not JSON", async () => {
    const endpoint = await answering(200, "<html>");
    await expect(tableApi(endpoint, "Scan", {})).rejects.toThrow(SyntaxError);
  });

  it("fails where the answer breaks off", async () => {
    const endpoint = await startEngine((_, response) => {
      response.writeHead(200, { "Content-Length": "100" }).write("{");
      response.socket?.end();
    });
    await expect(tableApi(endpoint, "Scan", {})).rejects.toMatchObject({ code: "ECONNRESET" });
  });

  it("fails where nobody answers", async () => {
    const endpoint = `http://127.0.0.1:${await freePort()}`;
    await expect(tableApi(endpoint, "Scan", {})).rejects.toMatchObject({ code: "ECONNREFUSED" });
  });
});
