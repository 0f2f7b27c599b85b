import { createBundler, ownModule } from "../../package/index.ts";

/**
 * Bundles the runtime client for functions that are processes.
 *
 * @param directory where it is written
 * @returns its file
 */
export async function bundleRuntimeClient(directory: string): Promise<string> {
  const entries = { bootstrap: ownModule("dev/host/process/bootstrap") };
  const bundler = await createBundler({ directory, outputDirectory: directory, entries });
  const { modules } = await bundler.build();
  await bundler.dispose();
  return modules.bootstrap ?? "";
}
