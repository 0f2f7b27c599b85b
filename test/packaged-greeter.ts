import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { lambdakit } from "./recording-terminal.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const environment =
  'accountId: "123456789012", region: "eu-west-1", logLevel: "INFO", logRetentionDays: 7';

/** A manifest of two functions, whose code is `src/greet.ts` and `src/part.ts`. */
export const greeterManifest = `
import { defineService } from "lambdakit";

export default defineService({
  name: "greeter",
  prefix: "acme",
  description: "Greets",
  api: { cors: { allowOrigins: ["*"] } },
  functions: {
    greet: { description: "Greet", entry: "src/greet.ts", routes: ["GET /greeting"], auth: "none" },
    part: { description: "Part", entry: "src/part.ts", routes: ["GET /farewell"], auth: "none" },
  },
  environments: {
    dev: { ${environment}, approval: "none" },
    sit: { ${environment}, approval: "confirm" },
    prod: { ${environment}, approval: "confirm-and-reason" },
  },
});
`;

const files = {
  "service.ts": greeterManifest,
  "package.json":
    '{ "name": "@acme/greeter", "version": "2.1.0", "dependencies": { "words": "1" } }',
  "src/greet.ts":
    'import { hello } from "words";\nimport { say } from "./say.ts";\nexport const handler = async () => say(hello);\n',
  "src/part.ts":
    'import { say } from "./say.ts";\nexport const handler = async () => say("bye");\n',
  "src/say.ts": "export const say = (word: string) => ({ statusCode: 200, body: word });\n",
  "node_modules/words/package.json":
    '{ "name": "words", "version": "1.2.3", "license": "MIT", "main": "index.js" }',
  "node_modules/words/index.js": 'export { hello } from "./hello.js";\n',
  "node_modules/words/hello.js": 'export const hello = "hello, hello, hello";\n',
  "node_modules/words/LICENSE": "You may.\n",
};

/** A small service, with some of its files changed, and the command run on it. */
export async function useGreeter(changes: Readonly<Record<string, string>> = {}) {
  const directory = await temporaryFolder({ ...files, ...changes });
  await settled();
  return {
    directory,
    artifacts: path.join(directory, ".lambdakit/artifacts"),
    run: (...args: string[]) => lambdakit(["package", "--service", directory, ...args]),
  };
}

/** The cache keeps no build of files that were written just now. */
export const settled = () => setTimeout(60);
