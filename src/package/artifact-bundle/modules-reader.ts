import type { Metafile } from "esbuild";
import type { Contents } from "../contents/contents.ts";
import { type ContentsReader, contentsReader } from "../contents/read-contents.ts";
import type { BuiltModule } from "./build-modules.ts";
import { joinMetafiles } from "./join-metafiles.ts";

/** Says what a function that consists of these modules is made of. */
export type ModulesReader = (modules: readonly BuiltModule[]) => Promise<Contents>;

/** Functions are built together, and have few metafiles between them: each combination is read once. */
export function modulesReader(directory: string): ModulesReader {
  const readers = new Map<string, ContentsReader>();
  const numbers = new Map<Metafile, number>();
  const numberOf = (metafile: Metafile) => {
    const number = numbers.get(metafile) ?? numbers.size;
    numbers.set(metafile, number);
    return number;
  };
  return (modules) => {
    const metafiles = modules.map(({ metafile }) => metafile);
    const key = metafiles.map(numberOf).join();
    const read = readers.get(key) ?? contentsReader(joinMetafiles(metafiles), directory);
    readers.set(key, read);
    return read(modules.map(({ output }) => output));
  };
}
