/** The Product service as its user has it: its plan, and what is inside the zips that `package` writes. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { codeCompilers } from "../../src/dev/index.ts";
import {
  buildArtifacts,
  loadService,
  type PackagedService,
  packageService,
  unpackArtifact,
} from "../../src/package/index.ts";
import { planService, type ServicePlan } from "../../src/plan/index.ts";
import { lambdaNode } from "./lambda-node.ts";

const directory = path.resolve("services/product");

export interface Ours {
  readonly plan: ServicePlan;
  readonly packaged: PackagedService;
  /** Unpacks a function's zip, and gives the folder. */
  unpack(key: string): Promise<string>;
  /** The same for a handler that only a benchmark has, bundled as the service's own are. */
  bundle(key: string, entry: string): Promise<string>;
  /** A function's own handler again, with a code cache of the Node.js that runs the functions here. */
  withCodeCache(key: string): Promise<string>;
}

export async function packageOurs(workDirectory: string): Promise<Ours> {
  const service = await loadService(directory);
  const plan = planService(service.manifest, "dev");
  const output = path.join(workDirectory, "artifacts");
  const packaged = await packageService(service, {
    toolkitVersion: "0.0.0",
    cache: false,
    findCompiler: codeCompilers(directory),
    output,
    onStep: () => {},
  });
  const unpacked = async (key: string, zip: Uint8Array) => {
    const taskRoot = path.join(workDirectory, `unpacked-${key}`);
    await unpackArtifact(zip, taskRoot);
    return taskRoot;
  };
  const built = async (key: string, entry: string, codeCache = false) => {
    const { runtime } = service.manifest;
    const { program, version } = lambdaNode();
    const instead = { program, version: version.replace(/^v/, "") };
    const [artifact] = await buildArtifacts(
      directory,
      [{ key, entry, runtime, codeCache }],
      codeCompilers(directory, { instead }),
    );
    if (artifact === undefined) throw new Error(`There is no artifact of ${entry}.`);
    return unpacked(key, artifact.zip);
  };
  return {
    plan,
    packaged,
    async unpack(key) {
      const file = packaged.list.functions[key]?.zip ?? `${key}.zip`;
      return unpacked(key, await readFile(path.join(output, file)));
    },
    bundle: (key, entry) => built(key, path.relative(directory, entry)),
    async withCodeCache(key) {
      const entry = service.manifest.functions[key]?.entry ?? "";
      return built(`${key}-cached`, entry, true);
    },
  };
}

export function functionPlan({ plan }: Pick<Ours, "plan">, key: string) {
  const lambda = plan.functions.find((one) => one.key === key);
  if (lambda === undefined) throw new Error(`The Product service has no function ${key}.`);
  return lambda;
}
