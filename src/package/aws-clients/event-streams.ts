import type { Plugin } from "esbuild";

/** esbuild's name for where the stand-in comes from. */
const eventStreams = "event-streams";

/**
 * Leaves event streams out. AWS's clients have an `import()` of them, for operations that few clients have;
 * inside a bundle, it keeps them and all that they need in closures, which nothing unused is taken out of.
 */
export const noEventStreams: Plugin = {
  name: "no-event-streams",
  setup(build) {
    build.onResolve({ filter: /^@smithy\/core\/event-streams$/ }, ({ kind, path }) =>
      kind === "dynamic-import" ? { path, namespace: eventStreams, sideEffects: false } : null,
    );
    build.onLoad({ filter: /.*/, namespace: eventStreams }, () => ({
      contents: 'throw new Error("No client in this bundle has event streams.");',
    }));
  },
};

/**
 * Whether a bundle needs them all the same: a client whose operations have event streams imports them itself.
 *
 * @param inputs the files of which the bundle has something
 */
export function hasEventStreams(inputs: readonly string[]): boolean {
  return inputs.some((file) => /@smithy\/core\/.*\/event-streams\//.test(file));
}
