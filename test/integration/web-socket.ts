import { randomBytes } from "node:crypto";
import { request } from "node:http";
import type { Duplex } from "node:stream";

/** As much of a WebSocket as a debugger's client needs: texts, both ways. Node.js 20 brings none. */
export interface WebSocketClient {
  send(text: string): void;
  /** Called with each text that comes. */
  onText(listener: (text: string) => void): void;
  onClose(listener: () => void): void;
  close(): void;
}

const opcodes = { text: 1, close: 8 };

/** @see https://www.rfc-editor.org/rfc/rfc6455 */
export function openWebSocket(url: string): Promise<WebSocketClient> {
  return new Promise((resolve, reject) => {
    const call = request(url.replace(/^ws:/, "http:"), {
      headers: {
        Connection: "Upgrade",
        Upgrade: "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": randomBytes(16).toString("base64"),
      },
    });
    call.once("error", reject);
    call.once("response", ({ statusCode }) => reject(new Error(`${url} answered ${statusCode}`)));
    call.once("upgrade", (_response, socket, head) => resolve(clientOf(socket, head)));
    call.end();
  });
}

function clientOf(socket: Duplex, head: Buffer): WebSocketClient {
  let received = head;
  socket.on("error", () => {});
  return {
    send: (text) => void socket.write(frame(opcodes.text, text)),
    onText(listener) {
      const read = () => {
        for (let next = take(received); next !== undefined; next = take(received)) {
          received = next.rest;
          if (next.opcode === opcodes.text) listener(next.text);
          // The other side waits until its goodbye is answered.
          if (next.opcode === opcodes.close) socket.end(frame(opcodes.close, ""));
        }
      };
      socket.on("data", (chunk: Buffer) => {
        received = Buffer.concat([received, chunk]);
        read();
      });
      read();
    },
    onClose: (listener) => void socket.once("close", listener),
    close: () => socket.destroy(),
  };
}

/** What a client sends has to be masked. A mask of zeros changes nothing. */
function frame(opcode: number, text: string): Buffer {
  const payload = Buffer.from(text);
  const head = Buffer.alloc(14);
  head.writeUInt8(0x80 | opcode, 0);
  head.writeUInt8(0x80 | 127, 1);
  head.writeBigUInt64BE(BigInt(payload.length), 2);
  return Buffer.concat([head, payload]);
}

/** The first frame of what has come; undefined while it is not whole. Servers do not mask. */
function take(bytes: Buffer): { opcode: number; text: string; rest: Buffer } | undefined {
  if (bytes.length < 2) return undefined;
  const short = bytes.readUInt8(1);
  const start = short === 127 ? 10 : short === 126 ? 4 : 2;
  if (bytes.length < start) return undefined;
  const length =
    short === 127
      ? Number(bytes.readBigUInt64BE(2))
      : short === 126
        ? bytes.readUInt16BE(2)
        : short;
  if (bytes.length < start + length) return undefined;
  return {
    opcode: bytes.readUInt8(0) & 0x0f,
    text: bytes.toString("utf8", start, start + length),
    rest: bytes.subarray(start + length),
  };
}
