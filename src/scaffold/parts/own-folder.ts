import type { Files } from "../scaffold-service.ts";

/** Where a file of an entity is that stands beside another one: in a folder of its own. Kinds of fields are all entities'. */
export function ownPath(path: string, folder: string): string {
  return isKind(path) ? path : path.replace(/^(src|tests)\//, `$1/${folder}/`);
}

/** Whether it is a kind of field, of which a service has each once. */
export function isKind(path: string): boolean {
  return path.startsWith("src/models/kinds/");
}

/** An entity's files in that folder, with all that they say of where others are. */
export function inOwnFolder(files: Files, folder: string): Files {
  return new Map([...files].map(([path, text]) => [ownPath(path, folder), moved(path, text)]));

  function moved(path: string, text: string): string {
    const from = ownPath(path, folder);
    return text.replace(
      /(?<before>from |new URL\()"(?<to>\.[^"]*)"/g,
      (_, before: string, to: string) =>
        `${before}"${relative(from, ownPath(resolved(path, to), folder))}"`,
    );
  }
}

/** A path that is said in a file, from where both begin. */
function resolved(file: string, said: string): string {
  const parts = file.split("/").slice(0, -1);
  for (const part of said.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== ".") parts.push(part);
  }
  return parts.join("/");
}

/** How a file says where another is. */
function relative(file: string, other: string): string {
  const folders = file.split("/").slice(0, -1);
  const parts = other.split("/").filter((part) => part !== "");
  const differing = folders.findIndex((part, at) => part !== parts[at]);
  const same = differing === -1 ? folders.length : differing;
  const path = [...folders.slice(same).map(() => ".."), ...parts.slice(same)].join("/");
  return path.startsWith("..") ? path : `./${path}`;
}
