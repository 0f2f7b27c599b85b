import { describe, expect, it } from "vitest";
import { functionAnswer, gatewayAnswer } from "./answer.ts";

function answerTo(result: unknown) {
  return functionAnswer(JSON.stringify(result));
}

const json = ["Content-Type", "application/json"];

describe("what a function returned becomes an answer", () => {
  it("with its status, its headers and its body", () => {
    const headers = { "Content-Type": "text/plain", "X-Thing": "1" };
    expect(answerTo({ statusCode: 201, headers, body: "hello", isBase64Encoded: false })).toEqual({
      status: 201,
      headers: Object.entries(headers),
      body: "hello",
      isBase64Encoded: false,
    });
  });

  it("of type JSON and without a body where it has only a status", () => {
    expect(answerTo({ statusCode: 200 })).toMatchObject({
      status: 200,
      headers: [json],
      body: "",
    });
  });

  it.each([
    ["nothing at all", {}],
    ["headers alone", { headers: { a: "b" } }],
  ])("with the status 200 where it has %s", (_, result) => {
    expect(answerTo(result)).toMatchObject({ status: 200, body: "" });
  });

  it.each(["content-type", "CONTENT-TYPE"])("of the type that it names in %s", (name) => {
    expect(answerTo({ statusCode: 200, headers: { [name]: "text/html" } })?.headers).toEqual([
      [name, "text/html"],
    ]);
    expect(
      answerTo({ statusCode: 200, multiValueHeaders: { [name]: ["text/html"] } })?.headers,
    ).toEqual([[name, "text/html"]]);
  });

  it("where its status is a number in a text", () => {
    expect(answerTo({ statusCode: "201" })).toMatchObject({ status: 201 });
  });

  it("where headers and body are null", () => {
    const nothing = { headers: null, multiValueHeaders: null, body: null };
    expect(answerTo({ statusCode: 200, ...nothing })).toMatchObject({
      status: 200,
      headers: [json],
      body: "",
    });
  });

  it("with numbers and booleans in headers as texts", () => {
    const headers = { a: true, b: false, c: 7 };
    expect(
      answerTo({ statusCode: 200, headers, multiValueHeaders: { d: [1, true] } }),
    ).toMatchObject({
      status: 200,
      headers: [["d", "1"], ["d", "true"], ["a", "true"], ["b", "false"], ["c", "7"], json],
      body: "",
    });
  });

  it("with the values of multiValueHeaders first, and that of headers after them", () => {
    const result = {
      statusCode: 200,
      headers: { "X-Thing": "single" },
      multiValueHeaders: { "X-Thing": ["first", "second"] },
    };
    expect(answerTo(result)?.headers).toEqual([
      ["X-Thing", "first"],
      ["X-Thing", "second"],
      ["X-Thing", "single"],
      json,
    ]);
  });

  it("with one header where it is written in two ways, as multiValueHeaders writes it", () => {
    const result = {
      statusCode: 200,
      headers: { "x-thing": "single" },
      multiValueHeaders: { "X-Thing": ["first"] },
    };
    expect(answerTo(result)?.headers).toEqual([["X-Thing", "first"], ["X-Thing", "single"], json]);
  });

  it.each([
    "Authorization",
    "Connection",
    "Content-Length",
    "Content-MD5",
    "Date",
    "Expect",
    "Host",
    "Max-Forwards",
    "Proxy-Authenticate",
    "Server",
    "Trailer",
    "Upgrade",
    "User-Agent",
    "WWW-Authenticate",
  ])("with its %s under another name, because that header is the gateway's", (name) => {
    for (const written of [name, name.toLowerCase(), name.toUpperCase()]) {
      const headers = { [written]: "mine" };
      expect(answerTo({ statusCode: 200, headers })?.headers).toEqual([
        [`x-amzn-Remapped-${name}`, "mine"],
        json,
      ]);
    }
  });

  it("without what it says of how the body is sent", () => {
    const headers = { "Transfer-Encoding": "chunked" };
    expect(answerTo({ statusCode: 200, headers })?.headers).toEqual([json]);
  });

  it("with a body that it says is base64, for the gateway to decide about", () => {
    expect(answerTo({ statusCode: 200, body: "aGVsbG8=", isBase64Encoded: true })).toMatchObject({
      body: "aGVsbG8=",
      isBase64Encoded: true,
    });
  });
});

describe("what a function returned is malformed", () => {
  it.each([
    ["a text", "hello"],
    ["a number", 200],
    ["null", null],
    ["a list", [{ statusCode: 200 }]],
    ["an object with a field that is not known", { statusCode: 200, wrongValue: 1 }],
    ["a status in words", { statusCode: "abc" }],
    ["an empty status", { statusCode: "" }],
    ["the status null", { statusCode: null }],
    ["the status true", { statusCode: true }],
    ["a status with a fraction", { statusCode: 200.5 }],
    ["a status that HTTP does not have", { statusCode: 600 }],
    ["a status that ends nothing", { statusCode: 100 }],
    ["a body that is an object", { statusCode: 200, body: { a: 1 } }],
    ["a body that is a number", { statusCode: 200, body: 1 }],
    ["headers that are a list", { statusCode: 200, headers: [] }],
    ["headers that are a text", { statusCode: 200, headers: "a: b" }],
    ["a header that is an object", { statusCode: 200, headers: { a: {} } }],
    ["a header that is a list", { statusCode: 200, headers: { "Set-Cookie": ["a=1", "b=2"] } }],
    ["a header that is null", { statusCode: 200, headers: { a: null } }],
    ["a header with a name that HTTP cannot carry", { statusCode: 200, headers: { "a b": "c" } }],
    ["a header with a line break", { statusCode: 200, headers: { a: "b\r\nc: d" } }],
    ["a header with a letter beyond Latin-1", { statusCode: 200, headers: { a: "kůň" } }],
    [
      "one of multiValueHeaders that HTTP cannot carry",
      { statusCode: 200, multiValueHeaders: { a: ["b", "\0"] } },
    ],
    ["multiValueHeaders that are a list", { statusCode: 200, multiValueHeaders: [] }],
    [
      "multiValueHeaders whose value is no list",
      { statusCode: 200, multiValueHeaders: { a: "b" } },
    ],
    ["multiValueHeaders whose value is null", { statusCode: 200, multiValueHeaders: { a: null } }],
  ])("where it is %s", (_, result) => {
    expect(answerTo(result)).toBeUndefined();
  });
});

describe("a payload that is no JSON", () => {
  it.each(["", "hello", "{"])("is malformed: %s", (payload) => {
    expect(functionAnswer(payload)).toBeUndefined();
  });
});

describe("an answer of the gateway's own", () => {
  it("has AWS's name for the error, and a message", () => {
    expect(
      gatewayAnswer(403, "MissingAuthenticationTokenException", '{"message":"Missing"}'),
    ).toEqual({
      status: 403,
      headers: [json, ["x-amzn-ErrorType", "MissingAuthenticationTokenException"]],
      body: '{"message":"Missing"}',
    });
  });
});
