import { rm, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { EffectImports } from "./effect-imports.ts";

describe("imports for their effect", () => {
  it.each([
    ['import "./set-up.ts";', true],
    ["  import './set-up.ts';", true],
    ['import "#set-up";', true],
    ['import"./set-up.ts";', true],
    ['import "package";', false],
    ['import { table } from "./table.ts";', false],
    ['// import "./set-up.ts";', false],
  ])("are told from others: %s", async (line, expected) => {
    const { file } = await useFile(line);
    expect(await new EffectImports().areIn([file])).toBe(expected);
  });

  it("are seen once a file has them, and not any more once it has none", async () => {
    const { file, save } = await useFile("");
    const imports = new EffectImports();
    expect(await imports.areIn([file])).toBe(false);
    await save('import "./set-up.ts";');
    expect(await imports.areIn([file])).toBe(true);
    await save("");
    expect(await imports.areIn([file])).toBe(false);
  });

  it("are looked for again where a file was not there", async () => {
    const { file, save } = await useFile("");
    const imports = new EffectImports();
    await rm(file);
    await expect(imports.areIn([file])).rejects.toThrow("ENOENT");
    await save('import "./set-up.ts";');
    expect(await imports.areIn([file])).toBe(true);
  });
});

/** A file that was written a while ago, each time longer: what was written just now is read again. */
async function useFile(text: string) {
  const file = path.join(await temporaryFolder({}), "file.ts");
  let seconds = Date.now() / 1000 - 3_600;
  const save = async (contents: string) => {
    await writeFile(file, `${contents}\nexport {};\n`);
    seconds += 60;
    await utimes(file, seconds, seconds);
  };
  await save(text);
  return { file, save };
}
