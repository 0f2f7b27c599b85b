import { Ajv2020 } from "ajv/dist/2020.js";
import { apiDocument } from "lambdakit/testing";
import { expect } from "vitest";
import service from "../service.ts";

const document = apiDocument(service);
const ajv = new Ajv2020({ strict: false, validateFormats: false }).addSchema(document, "document");

export interface Call {
  readonly headers?: Readonly<Record<string, string>>;
  /** Becomes JSON, but for a text, which is sent as it is. */
  readonly body?: unknown;
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: a test knows what it asked for
  readonly body: any;
}

/** A served API whose every answer is held against its OpenAPI document. */
export class DescribedApi {
  /** What was answered so far, such as `get 404`. */
  readonly seen = new Set<string>();
  readonly #url: string;
  readonly #token: string;

  /** @param token of somebody who may write */
  constructor(url: string, token: string) {
    this.#url = url;
    this.#token = token;
  }

  /** Sends a request. Fails where the answer's status, headers or body are not those that are described. */
  async call(method: string, path: string, { headers = {}, body }: Call = {}): Promise<Reply> {
    const answer = await fetch(`${this.#url}${path}`, {
      method,
      headers: {
        ...(method === "GET" ? {} : { Authorization: `Bearer ${this.#token}` }),
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
        ...headers,
      },
      ...(body === undefined
        ? {}
        : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    expect(answer.status, text).toBeLessThan(500);
    const { operationId, at, response } = described(method, path, answer.status);
    this.seen.add(`${operationId} ${answer.status}`);
    expectHeaders(at, response.headers ?? {}, answer.headers);
    const type = answer.headers.get("content-type") ?? "";
    if (response.content === undefined) {
      expect(text, `${at} has no body`).toBe("");
      return { status: answer.status, headers: answer.headers, body: undefined };
    }
    expect(Object.keys(response.content), `${at} has this Content-Type`).toContain(type);
    const value = JSON.parse(text);
    expectValid(`${at}/content/${escaped(type)}/schema`, value);
    return { status: answer.status, headers: answer.headers, body: value };
  }
}

/** What is stated of a path and those below it, and not what every service may answer: `get 404`, but not `get 502`. */
export function statedAnswers(path: string): string[] {
  return Object.entries(document.paths)
    .filter(([one]) => one === path || one.startsWith(`${path}/`))
    .flatMap(([, item]) => Object.values(item))
    .flatMap(({ operationId, responses }) =>
      Object.entries(responses)
        .filter(([, response]) => !("$ref" in response))
        .map(([status]) => `${operationId} ${status}`),
    );
}

// biome-ignore lint/suspicious/noExplicitAny: the document, wherever a pointer leads
type Part = any;

function described(method: string, path: string, status: number) {
  const template = Object.keys(document.paths).find((one) =>
    new RegExp(`^${one.replace(/\{\w+\}/g, "[^/]+")}$`).test(path.split("?")[0] ?? ""),
  );
  const operation = `#/paths/${escaped(template ?? "")}/${method.toLowerCase()}`;
  const at = `${operation}/responses/${status}`;
  expect(partAt(at), `${at} is described`).toBeDefined();
  const found: Part = resolved(partAt(at));
  return {
    operationId: partAt(operation).operationId,
    at: partAt(at).$ref ?? at,
    response: found,
  };
}

function expectHeaders(at: string, headers: Record<string, Part>, sent: Headers): void {
  for (const [name, header] of Object.entries(headers)) {
    const value = sent.get(name);
    const { required = false } = resolved(header);
    if (required) expect(value, `${at} has ${name}`).not.toBeNull();
    const place = header.$ref ?? `${at}/headers/${escaped(name)}`;
    if (value !== null) expectValid(`${place}/schema`, value);
  }
}

function expectValid(pointer: string, value: unknown): void {
  const valid = ajv.validate(`document${pointer}`, value);
  expect(valid, `${pointer}: ${ajv.errorsText()}, but is ${JSON.stringify(value)}`).toBe(true);
}

function resolved(part: Part): Part {
  return part.$ref === undefined ? part : partAt(part.$ref);
}

function partAt(pointer: string): Part {
  return pointer
    .slice("#/".length)
    .split("/")
    .map((key) => decodeURIComponent(key).replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce<Part>((part, key) => part?.[key], document);
}

/** A key as it stands in a JSON pointer within a URI. */
function escaped(key: string): string {
  return encodeURIComponent(key.replaceAll("~", "~0").replaceAll("/", "~1"));
}
