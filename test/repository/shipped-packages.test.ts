/** What an installation of lambdakit brings along, and what a function's zip has inside: licences, and known vulnerabilities. */
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { readLicence } from "../../src/package/sbom/licence.ts";

/** Those that ask for nothing but to be named. */
const allowed = [
  "MIT",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "ISC",
  "0BSD",
  "BlueOak-1.0.0",
];

interface Locked {
  readonly dev?: boolean;
  readonly link?: boolean;
  readonly optional?: boolean;
}

const lock: { packages: Record<string, Locked> } = JSON.parse(
  await readFile("package-lock.json", "utf8"),
);
/** Of the packages that are built into the command line: nobody installs them, and they ship all the same. */
const inside = new Set(
  [
    ...(await readFile("dist/THIRD-PARTY-LICENSES.txt", "utf8")).matchAll(/^(\S+) \S+ \(.+\)$/gm),
  ].map(([, name = ""]) => `node_modules/${name}`),
);
const shipped = Object.entries(lock.packages).flatMap(([folder, { dev, link }]) =>
  folder.includes("node_modules/") && (dev !== true || inside.has(folder)) && link !== true
    ? [folder]
    : [],
);

/** By its folder; none where the package is for another machine than this. */
async function licenceOf(folder: string): Promise<string | undefined> {
  const text = await readFile(`${folder}/package.json`, "utf8").catch(() => undefined);
  return text === undefined ? undefined : (await readLicence(folder, JSON.parse(text))).licence;
}

describe("what ships", () => {
  it("has licences that ask for nothing but to be named", async () => {
    expect(shipped.length).toBeGreaterThan(50);
    const others: string[] = [];
    let read = 0;
    for (const folder of shipped) {
      const licence = await licenceOf(folder);
      if (licence === undefined) {
        if (lock.packages[folder]?.optional !== true) others.push(`${folder}: not installed`);
        continue;
      }
      read++;
      // (MIT OR CC0-1.0): one of them is enough.
      const choices = licence.replace(/[()]/g, "").split(" OR ");
      if (!choices.some((one) => allowed.includes(one))) others.push(`${folder}: ${licence}`);
    }
    expect(others).toEqual([]);
    expect(read).toBeGreaterThan(50);
  });

  it("has no known vulnerability", async ({ skip }) => {
    const report = JSON.parse(await audit());
    if (report.vulnerabilities === undefined) {
      const why = report.message ?? report.error?.summary ?? "it says nothing";
      // No registry's name: messages have the whole address.
      skip(`no registry answers npm audit here: ${String(why).replace(/https?:\/\/\S+/g, "…")}`);
    }
    const found = Object.keys(report.vulnerabilities);
    expect(found.filter((name) => shipped.includes(`node_modules/${name}`))).toEqual([]);
  });
});

/** What npm says, whatever it ends with: 1 both for findings and for no answer. */
function audit(): Promise<string> {
  return new Promise((resolve) => {
    execFile("npm", ["audit", "--json"], { maxBuffer: 2 ** 24 }, (_, stdout) =>
      resolve(stdout.trim() === "" ? "{}" : stdout),
    );
  });
}
