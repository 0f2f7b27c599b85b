import type { DevAnswer } from "../../answers/index.ts";
import {
  type DevEvent,
  type DevServer,
  nextFreePort,
  notEmulatedNames,
  parseChaos,
  startDev,
  usualPort,
} from "../../dev/index.ts";
import { exitCodes, LambdakitError, nearest } from "../../errors/index.ts";
import { routeName } from "../../names.ts";
import { answerLine } from "../answer-json.ts";
import type { Command, Input, World } from "../command.ts";
import { eventJson, eventText } from "../dev-output/events.ts";
import { readyText } from "../dev-output/ready.ts";
import { readPort } from "../port-option.ts";
import { createStyle } from "../style.ts";

export const dev: Command = {
  name: "dev",
  summary: "serve the service on this machine, and reload it on every save",
  description:
    "Starts a DynamoDB engine, creates the tables of service.ts, and serves its routes as API Gateway and Lambda would, with the settings of the dev environment. Needs no Docker, no account and no network. The engine is the one at DYNAMODB_ENDPOINT, or else an embedded one. Data stays in .lambdakit/ between runs. Ctrl-C stops everything that was started. Each function may do at the tables what its own policy allows, and no more; a route that asks for scopes wants a token, which lambdakit token prints. The page at /_console shows what happens, /_openapi.json describes the routes, and aws lambda invoke works with --endpoint-url.",
  examples: [
    "lambdakit dev",
    "lambdakit dev --service services/product --port 4000",
    "lambdakit dev --reset --sample-data",
    "lambdakit dev --inspect",
    "lambdakit dev --packaged",
    "lambdakit dev --chaos throttle=5%,latency=50ms",
  ],
  options: {
    port: {
      type: "integer",
      placeholder: "N",
      description: "the port to serve on; 0 takes any",
      default: "3000",
    },
    inspect: {
      type: "integer",
      placeholder: "[PORT]",
      description:
        "let a debugger attach to the functions' threads, on 9229 or PORT; 0 takes any. Nothing times out then, and nothing is frozen",
      bare: "9229",
    },
    isolation: {
      type: "choice",
      choices: ["thread", "process"],
      description:
        "how functions are kept apart; a process runs on the Node.js of the service's runtime",
      default: "thread",
    },
    packaged: {
      type: "flag",
      description: "run each function's zip, as it would be uploaded, as a process",
    },
    chaos: {
      type: "text",
      placeholder: "FAULTS",
      description:
        "faults that calls to the tables meet, such as throttle=5%,latency=50ms,error=1%",
    },
    "no-policy": {
      type: "flag",
      description: "let every function do everything at the tables",
    },
    "no-type-check": {
      type: "flag",
      description: "do not check types after a save",
    },
    "not-emulated": {
      type: "text",
      placeholder: "NAMES",
      description: `serve all the same what is not emulated: ${notEmulatedNames.join(", ")}`,
    },
    "platform-logs": {
      type: "flag",
      description: "print Lambda's own START, END and REPORT lines too",
    },
    memory: { type: "flag", description: "keep nothing between runs" },
    reset: { type: "flag", description: "delete the local data first" },
    "sample-data": {
      type: "flag",
      description: "fill the tables with the service's sample data, if they are empty",
    },
  },
  arguments: [],

  async run(input, world) {
    const { terminal, interrupted } = world;
    const style = createStyle(terminal.color);
    const json = input.flag("json");
    const platformLogs = input.flag("platform-logs");
    const onEvent = (event: DevEvent) => {
      if (json) return terminal.out(eventJson(event));
      const text = eventText(event, style, { platformLogs });
      if (text !== undefined) terminal.err(text);
    };
    const port = readPort(input, "port", usualPort) ?? usualPort;
    const inspectPort = readPort(input, "inspect", 9229);
    const inProcesses = input.flag("packaged") || input.text("isolation") === "process";
    if (inspectPort !== undefined && inProcesses) {
      throw new LambdakitError("CLI_BAD_VALUE", {
        message: "--inspect reaches functions that are threads, and here each is a process.",
        fix: "lambdakit dev --inspect",
        at: "--inspect",
      });
    }
    const chaos = input.text("chaos");
    const options = {
      directory: input.text("service") ?? ".",
      memory: input.flag("memory"),
      reset: input.flag("reset"),
      sampleData: input.flag("sample-data"),
      isolation: input.text("isolation") === "process" ? ("process" as const) : undefined,
      packaged: input.flag("packaged"),
      policy: !input.flag("no-policy"),
      typeCheck: !input.flag("no-type-check"),
      chaos: chaos === undefined ? undefined : parseChaos(chaos),
      notEmulated: readNotEmulated(input),
      inspectPort,
      onEvent,
    };
    const server = await startOnFreePort(port, world, (chosen) =>
      startDev({ ...options, port: chosen }),
    );
    terminal.out(json ? readyJson(server) : readyText(server, style));
    await untilAborted(interrupted);
    terminal.err("Stopping.");
    await server.stop();
    return exitCodes.ok;
  },
};

function readNotEmulated(input: Input): string[] {
  const names = (input.text("not-emulated") ?? "").split(",").filter((name) => name !== "");
  const unknown = names.find((name) => !notEmulatedNames.some((known) => known === name));
  if (unknown === undefined) return names;
  throw new LambdakitError("CLI_BAD_VALUE", {
    message: `--not-emulated has "${unknown}", and there are ${notEmulatedNames.join(", ")}.`,
    fix: `write --not-emulated ${nearest(unknown, notEmulatedNames) ?? notEmulatedNames.join(",")}`,
    at: "--not-emulated",
  });
}

/** Where somebody is there to ask, the next free port is offered. */
async function startOnFreePort(
  port: number,
  { terminal }: World,
  start: (port: number) => Promise<DevServer>,
): Promise<DevServer> {
  try {
    return await start(port);
  } catch (error) {
    const isTaken = error instanceof LambdakitError && error.code === "DEV_PORT_IN_USE";
    if (!isTaken || error.at !== "--port") throw error;
    const next = await nextFreePort(port + 1);
    const accepted = await terminal.confirm(`${error.message} Use ${next} instead?`);
    if (!accepted) throw error;
    return start(next);
  }
}

function readyJson(server: DevServer): string {
  const { url, plan, engine, dataDirectory, notEmulated, inspector } = server;
  const { name, endpoint, lacks } = engine;
  const routes = plan.api.routes.map(routeName);
  return answerLine<DevAnswer>({
    type: "ready",
    url,
    routes,
    engine: { name, endpoint, lacks },
    dataDirectory: dataDirectory ?? null,
    notEmulated,
    inspector: inspector?.url ?? null,
  });
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
