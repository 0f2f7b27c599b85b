/** What each packager wants to be told beside the source. All are told the same: one minified ES module, the SDK inside. */
import { type Files, functionKeys } from "./projects.ts";

export function lambdakitFiles(count: number): Files {
  const functions = functionKeys(count).map(
    (key) =>
      `    ${key}: { description: "${key}", entry: "src/handlers/${key}.ts", routes: ["POST /${key}"], auth: "none" },`,
  );
  const environment =
    'accountId: "123456789012", region: "eu-west-1", logLevel: "INFO", logRetentionDays: 7';
  return {
    "service.ts": `import { defineService } from "lambdakit";

export default defineService({
  name: "bench",
  prefix: "acme",
  description: "Functions to be packaged",
  api: { cors: { allowOrigins: ["*"] } },
  functions: {
${functions.join("\n")}
  },
  environments: {
    dev: { ${environment}, approval: "none" },
    sit: { ${environment}, approval: "confirm" },
    prod: { ${environment}, approval: "confirm-and-reason" },
  },
});
`,
  };
}

export function serverlessFiles(count: number): Files {
  const functions = functionKeys(count).map(
    (key) => `  ${key}:
    handler: src/handlers/${key}.handler
    events:
      - http: POST /${key}`,
  );
  return {
    "serverless.yml": `service: bench
provider:
  name: aws
  runtime: nodejs22.x
  region: eu-west-1
plugins:
  - serverless-esbuild
package:
  individually: true
custom:
  esbuild:
    bundle: true
    minify: true
    format: esm
    target: node22
    mainFields: [module, main]
    outputFileExtension: .mjs
    exclude: []
functions:
${functions.join("\n")}
`,
  };
}

export function cdkFiles(count: number): Files {
  return {
    "package-lock.json": "{}",
    "app.mjs": `import { App, Stack } from "aws-cdk-lib";
import { Runtime } from "aws-cdk-lib/aws-lambda";
import { NodejsFunction, OutputFormat } from "aws-cdk-lib/aws-lambda-nodejs";

const app = new App({ outdir: "cdk.out" });
const stack = new Stack(app, "bench");
for (const key of ${JSON.stringify(functionKeys(count))}) {
  new NodejsFunction(stack, key, {
    entry: \`src/handlers/\${key}.ts\`,
    handler: "handler",
    runtime: Runtime.NODEJS_22_X,
    projectRoot: process.cwd(),
    depsLockFilePath: "package-lock.json",
    bundling: {
      format: OutputFormat.ESM,
      minify: true,
      target: "node22",
      mainFields: ["module", "main"],
      externalModules: [],
    },
  });
}
app.synth();
`,
  };
}

export function zipItFiles(): Files {
  return {
    "zip.mjs": `import { zipFunctions } from "@netlify/zip-it-and-ship-it";

await zipFunctions("src/handlers", "zips", {
  basePath: process.cwd(),
  config: { "*": { nodeBundler: "esbuild", externalNodeModules: [], nodeVersion: "22" } },
});
`,
  };
}
