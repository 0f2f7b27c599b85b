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

const directory = path.resolve("services/product");

export interface Ours {
  readonly plan: ServicePlan;
  readonly packaged: PackagedService;
  /** Unpacks a function's zip, and gives the folder. */
  unpack(key: string): Promise<string>;
  /** The same for a handler that only a benchmark has, bundled as the service's own are. */
  bundle(key: string, entry: string): Promise<string>;
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
  return {
    plan,
    packaged,
    async unpack(key) {
      const file = packaged.list.functions[key]?.zip ?? `${key}.zip`;
      return unpacked(key, await readFile(path.join(output, file)));
    },
    async bundle(key, entry) {
      const { runtime } = service.manifest;
      const source = { key, entry: path.relative(directory, entry), runtime };
      const [artifact] = await buildArtifacts(directory, [source], codeCompilers(directory));
      if (artifact === undefined) throw new Error(`There is no artifact of ${entry}.`);
      return unpacked(key, artifact.zip);
    },
  };
}

export function functionPlan({ plan }: Pick<Ours, "plan">, key: string) {
  const lambda = plan.functions.find((one) => one.key === key);
  if (lambda === undefined) throw new Error(`The Product service has no function ${key}.`);
  return lambda;
}
