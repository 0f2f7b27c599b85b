/**
 * Makes a single file of what runs inside an execution environment, which is started again and again. It stays
 * where it is: its modules are found by their path.
 */
import { build } from "esbuild";

await build({
  entryPoints: ["dist/dev/host/environment-thread.js", "dist/dev/host/process/bootstrap.js"],
  outdir: "dist/dev/host",
  outbase: "dist/dev/host",
  allowOverwrite: true,
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20",
  logLevel: "warning",
});
