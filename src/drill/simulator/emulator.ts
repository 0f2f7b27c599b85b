import { Agent, type IncomingHttpHeaders, request } from "node:http";
import { buffer } from "node:stream/consumers";
import {
  type AwsAnswer,
  type AwsCall,
  type Json,
  objectOf,
  signedAs,
  signedFor,
} from "./aws-call.ts";

/** A refusal in DynamoDB's form. */
export class Refusal extends Error {
  readonly type: string;
  readonly status: number;

  constructor(type: string, message: string, status = 400) {
    super(message);
    this.type = type;
    this.status = status;
  }
}

/** Asks DynamoDB as whoever has called, so that the emulator looks in the same account and region. */
export type Ask = (operation: string, input: Json) => Promise<Json>;

/** Those that have an API of their own. */
const streamOperations = new Set(["DescribeStream", "GetShardIterator", "GetRecords"]);

/** The emulator that stands behind. */
export class Emulator {
  readonly #url: string;
  readonly #agent = new Agent({ keepAlive: true });
  readonly #accounts = new Map<string, Promise<string>>();

  constructor(url: string) {
    this.#url = url.replace(/\/+$/, "");
  }

  /** Passes a call on as it came. */
  async forward({ method, path, headers, body }: AwsCall): Promise<AwsAnswer> {
    // What was sent in chunks is whole now, and the connection is another one.
    const {
      "transfer-encoding": _chunks,
      expect: _expect,
      connection: _connection,
      ...rest
    } = headers;
    const sent = { ...rest, "content-length": body.length };
    return new Promise((resolve, reject) => {
      request(`${this.#url}${path}`, { method, headers: sent, agent: this.#agent }, (answer) => {
        buffer(answer).then(
          (whole) =>
            resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: whole }),
          reject,
        );
      })
        .on("error", reject)
        .end(body);
    });
  }

  /**
   * @param region where the tables are. @default that of the call
   * @returns throws a {@link Refusal} where the emulator refuses
   */
  askAs(headers: IncomingHttpHeaders, region?: string): Ask {
    return async (operation, input) => {
      const api = streamOperations.has(operation) ? "DynamoDBStreams" : "DynamoDB";
      const answer = await this.forward({
        method: "POST",
        path: "/",
        headers: {
          ...signedAs(headers, { region, service: "dynamodb" }),
          "content-type": "application/x-amz-json-1.0",
          "x-amz-target": `${api}_20120810.${operation}`,
        },
        body: Buffer.from(JSON.stringify(input)),
      });
      const said = jsonOf(answer.body);
      if (answer.status === 200) return said;
      const type = String(said.__type ?? "InternalServerError").replace(/^.*#/, "");
      throw new Refusal(type, String(said.message ?? said.Message ?? ""), answer.status);
    };
  }

  /** The account that the caller's credentials are of: two keys of one account see the same tables. */
  account(headers: IncomingHttpHeaders): Promise<string> {
    const key = signedFor(headers)?.key ?? "";
    const known = this.#accounts.get(key) ?? this.#askAccount(headers);
    this.#accounts.set(key, known);
    return known;
  }

  /** A call of a service that takes forms. */
  async post(
    headers: IncomingHttpHeaders,
    to: { readonly service: string; readonly region?: string },
    form: string,
  ): Promise<AwsAnswer> {
    return this.forward({
      method: "POST",
      path: "/",
      headers: { ...signedAs(headers, to), "content-type": "application/x-www-form-urlencoded" },
      body: Buffer.from(form),
    });
  }

  async #askAccount(headers: IncomingHttpHeaders): Promise<string> {
    const form = "Action=GetCallerIdentity&Version=2011-06-15";
    const { body } = await this.post(headers, { service: "sts" }, form);
    return /<Account>(\d+)</.exec(body.toString())?.[1] ?? "";
  }

  stop(): void {
    this.#agent.destroy();
  }
}

/** A body as JSON; an empty object where it is none. */
export function jsonOf(body: Buffer): Json {
  try {
    return objectOf(JSON.parse(body.toString()));
  } catch {
    return {};
  }
}
