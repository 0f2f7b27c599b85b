import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** What packaged functions are made of: each packager is given the same. */
const packaged = {
  "@aws-sdk/client-dynamodb": "3.1164.0",
  "@aws-sdk/lib-dynamodb": "3.1162.0",
  zod: "4.6.7",
  esbuild: "0.28.2",
} as const;

/** What we are measured against, in versions that are stated and not floating. */
const peers = {
  "serverless-offline": { "serverless-offline": "14.8.2", osls: "3.77.1" },
  architect: { "@architect/sandbox": "9.0.0" },
  autocannon: { autocannon: "9.0.0" },
  "serverless-esbuild": { osls: "4.3.1", "serverless-esbuild": "1.57.2", ...packaged },
  cdk: { "aws-cdk-lib": "2.276.0", constructs: "10.8.1", ...packaged },
  "zip-it-and-ship-it": { "@netlify/zip-it-and-ship-it": "14.7.1", ...packaged },
  "aws-jwt-verify": { "aws-jwt-verify": "5.2.1" },
  // The Node.js of `nodejs22.x`. The package `node` fetches this one in a script, and no script is run here.
  node22: { [`node-${process.platform}-${process.arch}`]: "22.23.3" },
} as const satisfies Record<string, Readonly<Record<string, string>>>;

export type Peer = keyof typeof peers;

/** Installs a peer into a folder of its own, once for all runs, and gives that folder. */
export function peerDirectory(peer: Peer): string {
  const versions = Object.entries(peers[peer]);
  const name = versions.map(([pkg, version]) => `${pkg.replace("/", "+")}-${version}`).join("_");
  const directory = path.join(tmpdir(), "lambdakit-bench-peers", name);
  if (!existsSync(path.join(directory, "package-lock.json"))) {
    mkdirSync(directory, { recursive: true });
    writeFileSync(path.join(directory, "package.json"), '{ "private": true }\n');
    install(
      directory,
      versions.map(([pkg, version]) => `${pkg}@${version}`),
    );
  }
  return directory;
}

/** The names and versions of a peer, to be printed beside what was measured. */
export function peerVersions(peer: Peer): string {
  return Object.entries(peers[peer])
    .filter(([name]) => !Object.hasOwn(packaged, name))
    .map(([name, version]) => `${name} ${version}`)
    .join(", ");
}

/** This package as a user installs it: packed, and without what only its developers need. */
export function ownInstallDirectory(workDirectory: string): string {
  const directory = path.join(workDirectory, "installed");
  mkdirSync(directory);
  writeFileSync(path.join(directory, "package.json"), '{ "private": true }\n');
  const packed = execFileSync(
    "npm",
    ["pack", "--json", "--ignore-scripts", "--pack-destination", workDirectory],
    { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] },
  );
  const [{ filename }] = JSON.parse(packed) as [{ filename: string }];
  install(directory, [path.join(workDirectory, filename)]);
  return directory;
}

/** What an installation takes: megabytes on the disk, and how many packages. */
export function installSize(directory: string): { megabytes: number; packages: number } {
  const kilobytes = execFileSync("du", ["-sk", path.join(directory, "node_modules")], {
    encoding: "utf8",
  });
  const lock = JSON.parse(readFileSync(path.join(directory, "package-lock.json"), "utf8"));
  const packages = Object.keys(lock.packages).filter((key) =>
    existsSync(path.join(directory, key, "package.json")),
  );
  return {
    megabytes: Math.round(Number.parseInt(kilobytes, 10) / 1024),
    // One of them is the folder itself.
    packages: packages.length - 1,
  };
}

function install(directory: string, specifiers: readonly string[]): void {
  // serverless-offline asks for serverless 4, which needs a login; osls is its free fork.
  const flags = ["--legacy-peer-deps", "--no-audit", "--no-fund", "--ignore-scripts"];
  execFileSync("npm", ["install", ...flags, ...specifiers], {
    cwd: directory,
    stdio: ["ignore", "ignore", "inherit"],
  });
}
