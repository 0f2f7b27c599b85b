/**
 * Runs inside the process of one execution environment: AWS's runtime client as we have it, connected
 * to the Lambda Runtime API. Bundled into one file; nothing imports it.
 */
import { generationOf } from "../runtime-client/generation.ts";
import { exit } from "../runtime-client/intrinsics.ts";
import { redirectFiles } from "../runtime-client/redirect-files.ts";
import { redirectOutput } from "../runtime-client/redirect-output.ts";
import { runRuntimeClient } from "../runtime-client/run-runtime-client.ts";
import type { BootstrapData } from "./node-runtime.ts";
import { socketTransport } from "./socket-transport.ts";
import { writeAll } from "./write-all.ts";

const { AWS_EXECUTION_ENV = "", AWS_LAMBDA_RUNTIME_API = "" } = process.env;
// The function's own code sees no parameters, as in Lambda.
const [parameter = ""] = process.argv.splice(2);
const data: BootstrapData = JSON.parse(parameter);

process.setSourceMapsEnabled(true);
redirectOutput(writeAll);
redirectFiles(data);
const transport = socketTransport(AWS_LAMBDA_RUNTIME_API, () => exit(1));
await runRuntimeClient(() => data, generationOf(AWS_EXECUTION_ENV), transport);
