/**
 * Leaves packages outside of a bundle that are CommonJS, and loads them as such. Where a module imports one,
 * Node.js reads all of it for the names that it exports, before it runs it: of esbuild that takes longer than
 * to run it.
 */
export function requiredPackages(names) {
  const filter = new RegExp(`^(?:${names.join("|")})$`);
  return {
    name: "required-packages",
    setup({ onResolve, onLoad }) {
      onResolve({ filter }, ({ path, kind }) =>
        kind === "require-call"
          ? { path, external: true }
          : { path, namespace: "required", sideEffects: false },
      );
      onLoad({ filter, namespace: "required" }, ({ path }) => ({
        contents: `module.exports = require(${JSON.stringify(path)});`,
      }));
    },
  };
}
