import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { type Adoption, adopt, type Site } from "../../src/adopt/index.ts";

const all = (value: string) => ({ dev: value, sit: value, prod: value });

/** What no source says, said. */
export const site: Site = {
  name: undefined,
  prefix: "acme",
  accounts: all("123456789012"),
  regions: all("eu-west-1"),
};

/** Adopts a file as it lies on the disk, with the files beside it. */
export function adoptFile(file: string, where: Site = site): Adoption {
  const folder = path.dirname(file);
  const isFile = (one: string) => existsSync(one) && statSync(one).isFile();
  const beside = (one: string) => path.join(folder, one);
  return adopt(
    {
      file: path.basename(file),
      text: readFileSync(file, "utf8"),
      folderName: path.basename(folder),
      readFile: (one) => (isFile(beside(one)) ? readFileSync(beside(one), "utf8") : undefined),
      hasFile: (one) => isFile(beside(one)),
      toSource: "",
    },
    where,
  );
}

/** The routes and tables of a manifest, in the words of the independent count. */
export function carriedBy({ definition }: Adoption) {
  const { functions = {}, tables = {} } = definition as {
    functions?: Record<string, { routes?: string[] }>;
    tables?: Record<
      string,
      Keys & { timeToLiveAttribute?: string; indexes?: Record<string, Keys> }
    >;
  };
  return {
    routes: Object.values(functions)
      .flatMap(({ routes = [] }) => routes)
      .sort(),
    tables: Object.values(tables)
      .map(({ indexes = {}, timeToLiveAttribute: ttl, ...keys }) =>
        [
          keysText(keys),
          ...Object.entries(indexes)
            .map(([name, index]) => `${name}(${keysText(index)})`)
            .sort(),
          ...(ttl === undefined ? [] : [`ttl ${ttl}`]),
        ].join(" | "),
      )
      .sort(),
  };
}

type Key = string | { name: string; type: string };

interface Keys {
  partitionKey: Key;
  sortKey?: Key;
}

function keysText({ partitionKey, sortKey }: Keys): string {
  const text = (key: Key) => (typeof key === "string" ? `${key}:S` : `${key.name}:${key.type}`);
  return sortKey === undefined ? text(partitionKey) : `${text(partitionKey)} ${text(sortKey)}`;
}
