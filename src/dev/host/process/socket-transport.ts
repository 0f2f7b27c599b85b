import { connect } from "node:net";
import type { Invocation } from "../environment.ts";
import { parse, stringify } from "../runtime-client/intrinsics.ts";
import type { Transport } from "../runtime-client/transport.ts";
import { type HttpAnswer, httpAnswers } from "./http-answers.ts";

/**
 * Talks to the Lambda Runtime API: one request at a time, over one connection. Not by `node:http`,
 * for the reasons for which AWS has a native client: an answer has left when the call returns, no
 * library that watches or replaces HTTP sees it, and a cold start need not load it.
 *
 * @param address host and port, as in `AWS_LAMBDA_RUNTIME_API`
 * @param onGone called when nobody is there any more to work for
 */
export function socketTransport(address: string, onGone: () => void): Transport {
  const { hostname: host, port } = new URL(`http://${address}`);
  const socket = connect({ host, port: Number(port), noDelay: true });
  const waiting: ((answer: HttpAnswer) => void)[] = [];
  const read = httpAnswers((answer) => {
    const receive = waiting.shift();
    // An open connection alone does not count as work that is left to do.
    if (waiting.length === 0) socket.unref();
    receive?.(answer);
  });
  socket.on("data", read);
  socket.on("error", () => {});
  socket.on("close", onGone);

  const send = (request: string, onAnswer: (answer: HttpAnswer) => void, body = "") => {
    waiting.push(onAnswer);
    socket.ref();
    const length = `Content-Length: ${Buffer.byteLength(body)}`;
    const type = "Content-Type: application/json";
    socket.write(`${request} HTTP/1.1\r\nHost: ${address}\r\n${type}\r\n${length}\r\n\r\n${body}`);
  };

  /** Called once nothing that was posted is on its way. */
  let whenPosted: (() => void) | undefined;
  const post = (path: string, body: string, posted = () => {}) => {
    const onAnswer = () => {
      posted();
      if (waiting.length > 0) return;
      whenPosted?.();
      whenPosted = undefined;
    };
    send(`POST /2018-06-01/runtime/${path}`, onAnswer, body);
  };

  return {
    next(receive) {
      const ask = () =>
        send("GET /2018-06-01/runtime/invocation/next", (answer) => receive(invocation(answer)));
      if (waiting.length === 0) ask();
      else whenPosted = ask;
    },
    answer: (requestId, payload) => post(`invocation/${requestId}/response`, payload),
    fail: (requestId, error, sent) => post(`invocation/${requestId}/error`, stringify(error), sent),
    failInit: (error, sent) => post("init/error", stringify(error), sent),
  };
}

function invocation({ headers, body }: HttpAnswer): Invocation {
  const text = (name: string) => headers.get(`lambda-runtime-${name}`) ?? "";
  const clientContext = text("client-context");
  return {
    requestId: text("aws-request-id"),
    payload: body,
    deadline: Number(text("deadline-ms")),
    functionArn: text("invoked-function-arn"),
    traceId: text("trace-id"),
    ...(clientContext !== "" && { clientContext: parse(clientContext) }),
  };
}
