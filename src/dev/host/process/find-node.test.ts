import { chmod } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../../test/temporary-folder.ts";
import { findNode } from "./find-node.ts";

const current = { program: "/usr/bin/node", version: "20.20.2" };

describe("the Node.js of a runtime", () => {
  it("is the one that runs, where that is of the same major version", async () => {
    expect(await findNode({ runtime: "nodejs20.x", directories: [], current })).toEqual(current);
    const runtime = `nodejs${process.versions.node.split(".")[0]}.x`;
    expect(await findNode({ runtime, directories: [] })).toEqual({
      program: process.execPath,
      version: process.versions.node,
    });
  });

  it("is the one that npm has installed for the service, or above it, or for the toolkit", async () => {
    const service = await folderWithNode("v24.1.0");
    const toolkit = await folderWithNode("v22.23.3");
    const directories = [path.join(service, "services/product"), toolkit];
    expect(await findNode({ runtime: "nodejs24.x", directories, current })).toEqual({
      program: path.join(service, "node_modules/node/bin/node"),
      version: "24.1.0",
    });
    expect(await findNode({ runtime: "nodejs22.x", directories, current })).toEqual({
      program: path.join(toolkit, "node_modules/node/bin/node"),
      version: "22.23.3",
    });
  });

  it("is the package of this platform, where npm may not run the script that brings it", async () => {
    const name = `node-${process.platform}-${process.arch}`;
    const service = await folderWithNode("v98.7.6", name);
    expect(await findNode({ runtime: "nodejs98.x", directories: [service], current })).toEqual({
      program: path.join(service, "node_modules", name, "bin/node"),
      version: "98.7.6",
    });
  });

  it("is missing where npm has installed another, or a package without its program", async () => {
    const other = await folderWithNode("v24.1.0");
    const empty = await temporaryFolder({ "node_modules/node/package.json": "{}" });
    const directories = [empty, other];
    await expect(findNode({ runtime: "nodejs22.x", directories, current })).rejects.toMatchObject({
      code: "DEV_RUNTIME_NOT_FOUND",
      message: `The functions run on nodejs22.x, and there is no Node.js 22 here. There is 20.20.2, which runs lambdakit, 24.1.0 in ${other}/node_modules/node/bin/node.`,
      fix: "npm install --save-dev node@22",
    });
  });
});

/** A folder where npm seems to have installed a Node.js that can only say its version. */
async function folderWithNode(version: string, name = "node"): Promise<string> {
  const folder = await temporaryFolder({
    [`node_modules/${name}/package.json`]: "{}",
    [`node_modules/${name}/bin/node`]: `#!/bin/sh\necho ${version}\n`,
  });
  await chmod(path.join(folder, `node_modules/${name}/bin/node`), 0o755);
  return folder;
}
