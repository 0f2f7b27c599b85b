import { jsonFile } from "./json-file.ts";

/** The toolkit's package, as it is installed. */
export interface Toolkit {
  /** Built modules, the console's page, the licence: by their paths in the package. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly version: string;
  readonly license: string;
  readonly engines: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** Where it lies in the service. */
export const vendorFolder = "vendor/lambdakit";

/** The authorizer's source, which is the toolkit's. */
export const vendoredAuthorizer = `${vendorFolder}/dist/authorizer/handler.js`;

/** What the service's source and tests import of it, and what `scripts/` does: no command line. */
const offered = {
  ".": "index",
  "./runtime": "runtime/index",
  "./testing": "testing/index",
  "./dev": "dev/index",
  "./package": "package/index",
  "./plan": "plan/index",
};

/** The toolkit as a package of the service's own: with those of its dependencies that its files name. */
export function* vendored({
  files,
  ...toolkit
}: Toolkit): Generator<[string, Uint8Array | string]> {
  for (const [file, contents] of files) yield [`${vendorFolder}/${file}`, contents];
  const code = [...files]
    .filter(([file]) => file.endsWith(".js") || file.endsWith(".d.ts"))
    .map(([, contents]) => new TextDecoder().decode(contents))
    .join("\n");
  const isNamed = ([name]: [string, string]) => {
    const own = name.replace(/^@types\//, "");
    return [`"${own}"`, `"${own}/`].some((text) => code.includes(text));
  };
  const { version, license, engines, dependencies, optionalDependencies } = toolkit;
  const packageJson = {
    name: "lambdakit",
    version,
    private: true,
    license,
    type: "module",
    engines,
    exports: Object.fromEntries(
      Object.entries(offered).map(([name, module]) => [
        name,
        {
          ...(files.has(`dist/${module}.d.ts`) && { types: `./dist/${module}.d.ts` }),
          default: `./dist/${module}.js`,
        },
      ]),
    ),
    dependencies: Object.fromEntries(Object.entries(dependencies).filter(isNamed)),
    optionalDependencies,
  };
  yield [`${vendorFolder}/package.json`, jsonFile(packageJson)];
}
