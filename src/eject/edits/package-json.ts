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

const tools = ["@aws-sdk/client-lambda", "@aws-sdk/client-s3", "esbuild", "fflate"];

/** What the scripts import, in the versions that the toolkit is tested with. */
function versionsOf({ dependencies, devDependencies }: Toolkit): Record<string, string> {
  const tested = { ...devDependencies, ...dependencies };
  return Object.fromEntries(
    tools.map((name) => {
      const version = tested[name];
      if (version === undefined) throw new TypeError(`the toolkit's package has no ${name}`);
      return [name, version];
    }),
  );
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
    devDependencies: sorted({ ...versionsOf(toolkit), ...others }),
  });
}

/** As npm has them. */
function sorted(packages: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)));
}
