import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Generation } from "./generation.ts";
import { RuntimeError } from "./runtime-error.ts";

export type Handler = (...parameters: unknown[]) => unknown;

export interface HandlerPlace {
  readonly taskRoot: string;
  /** `path/to/module.function`; the function may be nested: `module.api.list`. */
  readonly handler: string;
  /** The module's file, where it is known and need not be looked for. */
  readonly module?: string;
}

/** Asked when everything but the handler is there. */
export type FindPlace = () => HandlerPlace | Promise<HandlerPlace>;

/**
 * Finds the function that a handler string means, as AWS's runtime client does.
 *
 * @throws {RuntimeError} with the name that AWS gives to the failure, or whatever the module throws
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html
 */
export async function loadHandler(place: HandlerPlace, generation: Generation): Promise<Handler> {
  const { handler } = place;
  if (handler.includes("..")) {
    throw new RuntimeError(
      generation,
      "MalformedHandlerName",
      `'${handler}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`,
    );
  }
  const [, moduleName, functionPath] = /^([^.]*)\.(.*)$/.exec(path.basename(handler)) ?? [];
  if (moduleName === undefined || functionPath === undefined) {
    throw new RuntimeError(generation, "MalformedHandlerName", "Bad handler");
  }
  const loaded = await namingFailures(generation, () =>
    place.module === undefined
      ? loadModule(place.taskRoot, path.join(path.dirname(handler), moduleName), generation)
      : importFile(place.module),
  );
  const found = lookUp(loaded, functionPath, generation);
  if (!found) {
    throw new RuntimeError(
      generation,
      "HandlerNotFound",
      `${handler} is undefined or not exported`,
    );
  }
  if (typeof found !== "function") {
    throw new RuntimeError(generation, "HandlerNotFound", `${handler} is not a function`);
  }
  return found as Handler;
}

/** In this order: the file as it is called, `.js`, `.mjs`, `.cjs`, then a package. */
function loadModule(taskRoot: string, name: string, generation: Generation): unknown {
  const file = path.resolve(taskRoot, name);
  // Where AWS's client lies: that is the file which a failure names.
  const require = createRequire("/var/runtime/index.mjs");
  const load = generation === 4 ? importFile : require;
  if (existsSync(file)) return load(file);
  if (existsSync(`${file}.js`)) {
    return isModulePackage(path.dirname(file)) ? importFile(`${file}.js`) : load(`${file}.js`);
  }
  if (existsSync(`${file}.mjs`)) return importFile(`${file}.mjs`);
  if (existsSync(`${file}.cjs`)) return load(`${file}.cjs`);
  const paths = [taskRoot, path.dirname(file)];
  return require(require.resolve(path.basename(name), { paths }));
}

function importFile(file: string): Promise<unknown> {
  return import(pathToFileURL(file).href);
}

async function namingFailures(generation: Generation, load: () => unknown): Promise<unknown> {
  try {
    return await load();
  } catch (error) {
    if (error instanceof SyntaxError) {
      const named = new RuntimeError(generation, "UserCodeSyntaxError", String(error));
      if (generation === 4 && error.stack !== undefined) named.stack = error.stack;
      throw named;
    }
    if (error instanceof Error && "code" in error && error.code === "MODULE_NOT_FOUND") {
      throw new RuntimeError(generation, "ImportModuleError", String(error));
    }
    throw error;
  }
}

function lookUp(loaded: unknown, functionPath: string, generation: Generation): unknown {
  const found = valueAt(loaded, functionPath);
  // What a CommonJS module exports may be seen as the default of an ES module only.
  return found || generation === 3 ? found : valueAt(Object(loaded).default, functionPath);
}

function valueAt(start: unknown, keys: string): unknown {
  return keys.split(".").reduce((nested, key) => nested && Object(nested)[key], start);
}

/** What the nearest `package.json` says of `.js` files; `node_modules` has none of ours above it. */
function isModulePackage(folder: string): boolean {
  if (path.basename(folder) === "node_modules") return false;
  const file = path.join(folder, "package.json");
  if (existsSync(file)) {
    try {
      return JSON.parse(readFileSync(file, "utf8")).type === "module";
    } catch {
      return false;
    }
  }
  const parent = path.dirname(folder);
  return parent !== folder && isModulePackage(parent);
}
