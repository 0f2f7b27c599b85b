/**
 * The source of a function that does the worst it can: `?fault=exit`. Without a fault it answers with
 * `?marker=`, or `well`.
 */
export const faultyFunction = `
  import { execSync } from "node:child_process";
  import { request } from "node:http";
  import { connect } from "node:net";
  const forever = () => new Promise(() => {});
  const kept = [];
  const faults = {
    "exit": () => process.exit(1),
    "kill-itself": () => { process.kill(process.pid, "SIGKILL"); return forever(); },
    "kill-its-group": () => { process.kill(0, "SIGKILL"); return forever(); },
    "throw": () => { throw new Error("a secret of the function"); },
    "loop": () => { for (;;); },
    "fill-the-heap": () => { for (;;) kept.push(new Array(10_000).fill({})); },
    // A map grows in steps, and may not have more than 2 ** 24 entries.
    "fill-a-map": () => { for (let n = 0, map; ; n++) { if (n % 2 ** 23 === 0) kept.push((map = new Map())); map.set(n, 1); } },
    "fill-a-large-array": () => { for (;;) kept.push([..."x".repeat(200_000_000)]); },
    "fill-buffers": async () => {
      for (;;) {
        kept.push(Buffer.alloc(4_000_000, 1));
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    },
    "answer-7-mb": () => ({ statusCode: 200, body: "x".repeat(7_000_000) }),
    "answer-garbage": () => ({ statusCode: "not a status", headers: 7, body: { no: "text" } }),
    "answer-nothing": () => undefined,
    "throw-in-a-timer": () => {
      setTimeout(() => { throw new Error("outside of the request"); }, 1);
      return forever();
    },
    "reject-aside": () => {
      Promise.reject(new Error("nobody handles it"));
      setInterval(() => {}, 1_000);
      return forever();
    },
    "never-answer": () => forever(),
    "wait-for-ever": () => { setInterval(() => {}, 1_000); return forever(); },
    "block-in-native-code": () => { execSync("sleep 20"); },
    "flood-stdout": () => { for (;;) console.log("x".repeat(1_000)); },
    "destroy-a-call-to-the-table": () => new Promise((_, reject) => {
      const call = request(process.env.AWS_ENDPOINT_URL_DYNAMODB, {
        method: "POST", headers: { "Content-Length": "1000" },
      });
      call.on("error", reject);
      call.on("socket", (socket) => socket.on("connect", () => {
        call.write("half of it");
        setImmediate(() => socket.resetAndDestroy());
      }));
    }),
    "speak-no-http-to-the-table": async () => {
      const { hostname, port } = new URL(process.env.AWS_ENDPOINT_URL_DYNAMODB);
      const socket = connect(Number(port), hostname);
      socket.end("no http at all\\r\\n\\r\\n");
      for await (const _ of socket);
      throw new Error("the table has hung up");
    },
  };
  export const handler = async (event) => {
    const { fault, marker = "well" } = event.queryStringParameters ?? {};
    return fault in faults ? faults[fault]() : { statusCode: 200, body: marker };
  };`;
