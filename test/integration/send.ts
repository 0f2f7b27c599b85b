import { Agent, type IncomingHttpHeaders, request } from "node:http";

/** A request as it stands on the wire: nothing is normalised, added or checked on the way. */
export interface RawRequest {
  readonly method: string;
  /** With the query, percent-encoded or not. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

const agent = new Agent({ keepAlive: true });

/** Sends a request. An answer that does not come within ten seconds is an error: that is a hang. */
export function send(baseUrl: string, { method, path, headers = {}, body = "" }: RawRequest) {
  return new Promise<RawAnswer>((resolve, reject) => {
    const { hostname, port } = new URL(baseUrl);
    const length = { "Content-Length": String(Buffer.byteLength(body)) };
    const call = request(
      { agent, hostname, port, method, path, headers: { ...headers, ...length } },
      (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (chunk) => {
          text += chunk;
        });
        response.on("error", reject);
        response.on("end", () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
        );
      },
    );
    call.setTimeout(10_000, () => call.destroy(new Error(`${method} ${path}: no answer`)));
    call.on("error", reject);
    call.end(body);
  });
}
