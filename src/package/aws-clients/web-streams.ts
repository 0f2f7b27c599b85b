import type { Plugin } from "esbuild";
import { readTextFile } from "../../system/index.ts";

/** esbuild's name for where the stand-in comes from. */
const streamTag = "stream-tag";

/**
 * Lets AWS's clients find out whether a body is a web stream without loading web streams, which Node.js does
 * when somebody first says `ReadableStream`: with each client's first request, for an answer that is no.
 * What is one says so by its tag.
 *
 * @see https://webidl.spec.whatwg.org/#js-interface-prototype-object `Symbol.toStringTag` of every interface
 */
export const webStreams: Plugin = {
  name: "web-streams",
  setup(build) {
    build.onLoad({ filter: asksForStreams }, async ({ path: file }) => {
      const source = await readTextFile(file);
      if (doesMore.test(source)) return null;
      // On the first line, so that the others stay where they are.
      return { contents: `import { ReadableStream } from "${streamTag}";${source}` };
    });
    build.onResolve({ filter: new RegExp(`^${streamTag}$`) }, ({ path }) => ({
      path,
      namespace: streamTag,
      sideEffects: false,
    }));
    build.onLoad({ filter: /.*/, namespace: streamTag }, () => ({
      contents: `export class ReadableStream {
  static name = "ReadableStream";
  static [Symbol.hasInstance] = (value) => Object.prototype.toString.call(value) === "[object ReadableStream]";
}
`,
    }));
  },
};

/** The modules that ask what something is. */
const asksForStreams =
  /[\\/]@smithy[\\/]core[\\/].*[\\/](?:stream-type-check|isStreamingPayload)\.js$/;
/** A module that makes a stream, or has a `ReadableStream` of its own, is left as it is. */
const doesMore = /\b(?:new|extends|class|import)\b[^;\n]*\bReadableStream\b/;
