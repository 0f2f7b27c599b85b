/**
 * A package's URL: its name in every bill of materials and list of vulnerabilities.
 *
 * @see https://github.com/package-url/purl-spec/blob/main/types-doc/npm-definition.md
 */
export function packageUrl(name: string, version: string): string {
  // The name of a scope is a namespace of its own, and its "@" is written as %40.
  const parts = name.split("/").map(encode);
  return `pkg:npm/${parts.join("/")}@${encode(version)}`;
}

/** All but letters, digits and `.-_~:` is written in its bytes. */
function encode(text: string): string {
  return encodeURIComponent(text)
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll("%3A", ":");
}
