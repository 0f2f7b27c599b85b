import { type Server, type ServerResponse, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import type { Answer, Headers } from "./answer.ts";
import {
  badRequest,
  bodyTooLarge,
  expectationFailed,
  headersTooLarge,
  missingRoute,
  requestTimedOut,
} from "./gateway-answers.ts";
import { maxBodyBytes } from "./request-body.ts";
import { send } from "./send.ts";

/**
 * Answers what is no request at all, where Node.js would close the connection without a word or with
 * an empty answer: bad first lines and headers, endless headers, `CONNECT`, unknown expectations.
 *
 * @param common what the gateway's own answers have, where the origin is not known
 */
export function answerMalformedRequests(server: Server, common: () => Headers): void {
  const withCommon = (answer: Answer): Answer => ({
    ...answer,
    headers: [...answer.headers, ...common()],
  });
  /** What a connection answers last: whoever sends several requests at once gets the answers in turn. */
  const latest = new WeakMap<Duplex, ServerResponse>();
  server.prependListener("request", ({ socket }, response) => void latest.set(socket, response));

  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    const end = () => endWith(socket, withCommon(answerTo(error.code)));
    const pending = latest.get(socket);
    // A request that is whole gets its answer first. One that broke in its body gets this one.
    if (pending?.req.complete && !pending.closed) pending.once("close", end);
    else end();
  });
  server.on("connect", (_request, socket) => endWith(socket, withCommon(missingRoute)));
  server.on("checkExpectation", (_request, response) => {
    send(response, withCommon(closing(expectationFailed)));
  });
  server.on("checkContinue", (request, response) => {
    // No leave is given to send what would be refused. Node.js would still wait for it: so it closes.
    if (Number(request.headers["content-length"]) > maxBodyBytes) {
      send(response, withCommon(closing(bodyTooLarge)));
      return;
    }
    response.writeContinue();
    server.emit("request", request, response);
  });
}

function closing(answer: Answer): Answer {
  return { ...answer, headers: [...answer.headers, ["Connection", "close"]] };
}

function answerTo(code: string | undefined): Answer {
  if (code === "HPE_HEADER_OVERFLOW") return headersTooLarge;
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") return requestTimedOut;
  return badRequest;
}

/** Writes an answer where there is no response object to write it to, and closes the connection. */
function endWith(socket: Duplex, answer: Answer): void {
  const { status, headers, body } = closing(answer);
  // Whoever has gone away is not waiting for an answer; an error here has nobody to go to.
  socket.on("error", () => {});
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const length = ["Content-Length", String(Buffer.byteLength(body))] as const;
  const lines = [...headers, length].map(([name, value]) => `${name}: ${value}\r\n`).join("");
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines}\r\n${body}`, () =>
    socket.destroy(),
  );
}
