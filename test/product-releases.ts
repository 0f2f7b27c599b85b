import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import { codeCompilers } from "../src/dev/index.ts";
import type { Manifest } from "../src/manifest/index.ts";
import { loadService, packageService } from "../src/package/index.ts";
import { productCopy, replaced } from "./product-copy.ts";

/** What the text of a file becomes, by the file's name, as `productCopy` takes it. */
export type Edits = Readonly<Record<string, (text: string) => string>>;

/** Is on every answer of the second releases that did not fail: `good` or `bad`. */
export const releaseHeader = "x-product-release";

const wired = "return httpHandler(respond, { toHttpError });";

/** What a handler does before it responds, and what it adds to its answer. */
function everyHandler(release: string, before: string): Edits {
  const respond = `return httpHandler(async (request) => {
    ${before}
    const answer = await respond(request);
    return { ...answer, headers: { ...answer.headers, "${releaseHeader}": "${release}" } };
  }, { toHttpError });`;
  return {
    "src/handlers/product-handler.ts": (text) =>
      `${replaced(text, wired, respond)}\nlet requests = 0;\n`,
  };
}

/** Second releases of the Product service: the first one is the service as it is. */
export const secondReleases = {
  /** Answers as the first one does, and says that it is another. */
  good: everyHandler("good", "requests += 1;"),
  /**
   * Each execution environment answers every fifth request with 500. The handler throws, and the runtime
   * makes an answer of it: to Lambda that is no error, only the API's metrics and its callers see it.
   */
  bad: everyHandler(
    "bad",
    'if (++requests % 5 === 0) throw new Error("The second release is bad.");',
  ),
  /** The same, and in PROD alone: it comes through DEV and SIT, as such releases do. */
  badInProd: everyHandler(
    "bad",
    `if (process.env.ENVIRONMENT === "prod" && ++requests % 5 === 0) {
      throw new Error("The release is bad in PROD.");
    }`,
  ),
} as const satisfies Record<string, Edits>;

export interface BuiltRelease {
  readonly manifest: Manifest;
  /** By the function's key, as `plantService` takes them. */
  readonly functions: Readonly<Record<string, { readonly zip: Buffer }>>;
}

/** Packages the Product service, as it is or edited. */
export async function buildRelease(edits: Edits = {}): Promise<BuiltRelease> {
  const copy = await productCopy(edits);
  try {
    const service = await loadService(copy);
    const { directory, list } = await packageService(service, {
      toolkitVersion: "0.0.0",
      cache: false,
      findCompiler: codeCompilers(copy),
      onStep: () => {},
    });
    const zips = Object.entries(list.functions).map(async ([key, { zip }]) => {
      return [key, { zip: await readFile(path.join(directory, zip)) }] as const;
    });
    return { manifest: service.manifest, functions: Object.fromEntries(await Promise.all(zips)) };
  } finally {
    await rm(copy, { recursive: true });
  }
}
