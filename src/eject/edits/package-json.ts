import { jsonFile } from "../json-file.ts";
import { type Toolkit, vendorFolder } from "../vendored.ts";

/** What npm runs then. */
export const newScripts = {
  start: "node scripts/start.js",
  token: "node scripts/token.js",
  build: "node scripts/build.js",
  plan: "node scripts/plan.js",
  deploy: "node scripts/deploy.js",
} as const;

/** What the scripts import: in the versions that the toolkit is tested with, where it has them too. */
function tools({ dependencies, devDependencies }: Toolkit): Record<string, string> {
  return {
    "@aws-sdk/client-lambda": devDependencies["@aws-sdk/client-lambda"] ?? "3.1164.0",
    "@aws-sdk/client-s3": devDependencies["@aws-sdk/client-s3"] ?? "3.1164.0",
    esbuild: dependencies.esbuild ?? "0.28.2",
    fflate: "0.8.3",
  };
}

/** `package.json` with the toolkit as a folder of the service, the scripts, and what they import. */
export function ejectedPackageJson(text: string, toolkit: Toolkit): string {
  const { scripts = {}, dependencies = {}, devDependencies = {}, ...rest } = JSON.parse(text);
  const isOwn = scripts.start !== undefined && !/\blambdakit\b/.test(scripts.start);
  const { lambdakit: _, ...others } = devDependencies;
  return jsonFile({
    ...rest,
    scripts: { ...scripts, ...newScripts, ...(isOwn && { start: scripts.start }) },
    dependencies: sorted({ ...dependencies, lambdakit: `file:${vendorFolder}` }),
    devDependencies: sorted({ ...tools(toolkit), ...others }),
  });
}

/** As npm has them. */
function sorted(packages: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)));
}
