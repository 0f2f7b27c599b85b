import { type DevEvent, type DevServer, nextFreePort, startDev } from "../../dev/index.ts";
import { exitCodes, LambdakitError } from "../../errors/index.ts";
import type { Command, Input, World } from "../command.ts";
import { eventJson, eventText } from "../dev-output/events.ts";
import { readyText } from "../dev-output/ready.ts";
import { createStyle } from "../style.ts";

export const dev: Command = {
  name: "dev",
  summary: "serve the service on this machine, and reload it when a file is saved",
  description:
    "Starts a DynamoDB engine, creates the tables of service.ts, and serves its routes as API Gateway and Lambda would, with the settings of the dev environment. Needs no Docker, no account and no network. The engine is the one at DYNAMODB_ENDPOINT, or else an embedded one. Data stays in .lambdakit/ between runs. Ctrl-C stops everything that was started. Permissions and callers are not checked.",
  examples: [
    "lambdakit dev",
    "lambdakit dev --service services/product --port 4000",
    "lambdakit dev --reset --sample-data",
    "lambdakit dev --memory --json",
  ],
  options: {
    port: {
      type: "integer",
      placeholder: "N",
      description: "the port to serve on; 0 takes any",
      default: "3000",
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
    const onEvent = (event: DevEvent) => {
      if (json) return terminal.out(eventJson(event));
      const text = eventText(event, style);
      if (text !== undefined) terminal.err(text);
    };
    const port = readPort(input);
    const server = await startOnFreePort(port, world, (chosen) =>
      startDev({
        directory: input.text("service") ?? ".",
        port: chosen,
        memory: input.flag("memory"),
        reset: input.flag("reset"),
        sampleData: input.flag("sample-data"),
        onEvent,
      }),
    );
    terminal.out(json ? readyJson(server) : readyText(server, style));
    await untilAborted(interrupted);
    terminal.err("Stopping.");
    await server.stop();
    return exitCodes.ok;
  },
};

function readPort(input: Input): number {
  const port = input.integer("port") ?? 3000;
  if (port <= 65_535) return port;
  throw new LambdakitError("CLI_BAD_VALUE", {
    message: `--port is ${port}, and has to be from 0 to 65535.`,
    fix: "write --port 3000",
    at: "--port",
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
    if (!(error instanceof LambdakitError) || error.code !== "DEV_PORT_IN_USE") throw error;
    const next = await nextFreePort(port + 1);
    const accepted = await terminal.confirm(`${error.message} Use ${next} instead?`);
    if (!accepted) throw error;
    return start(next);
  }
}

function readyJson({ url, plan, engine, dataDirectory }: DevServer): string {
  const { name, endpoint, lacks } = engine;
  const routes = plan.api.routes.map(({ method, path }) => `${method} ${path}`);
  return JSON.stringify({
    type: "ready",
    url,
    routes,
    engine: { name, endpoint, lacks },
    dataDirectory: dataDirectory ?? null,
  });
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
