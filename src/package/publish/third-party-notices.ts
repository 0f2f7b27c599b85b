import type { ShippedPackage } from "../sbom/read-packages.ts";

const rule = "-".repeat(80);

/**
 * The licence texts of the packages inside the artifacts, which minified code has no room for. Packages
 * with the same text share it.
 */
export function thirdPartyNotices(packages: readonly ShippedPackage[]): string {
  const owners = new Map<string, string[]>();
  for (const { name, version, licence, texts } of packages) {
    const all = Object.values(texts).map((text) => text.replace(/\r\n/g, "\n").trim());
    const text = all.join("\n\n") || "This package came without a licence text.";
    owners.set(text, [...(owners.get(text) ?? []), `${name} ${version} (${licence})`]);
  }
  const sections = [...owners].map(([text, names]) => [rule, ...names, "", text, ""].join("\n"));
  return `Packages inside these artifacts, and their licences.\n\n${sections.join("\n")}`;
}
