import { newScripts } from "./edits/package-json.ts";
import { farewellFile } from "./farewell.ts";
import type { Texts } from "./texts.ts";
import { vendorFolder } from "./vendored.ts";

/** What is in the way, in words, with what to do. */
export interface Obstacle {
  readonly message: string;
  readonly fix: string;
}

/** Whatever would be written over, and is somebody's. */
export function obstacles(files: Texts): readonly Obstacle[] {
  const ours = [farewellFile, `${vendorFolder}/`, "scripts/", "terraform/accounts/"];
  const taken = [...files.keys()].filter((file) => ours.some((one) => file.startsWith(one)));
  const found = taken.map((file) => ({
    message: `${file} is there already.`,
    fix: `git mv ${file} to another place`,
  }));
  const { scripts = {} } = JSON.parse(files.get("package.json") ?? "{}");
  const named = Object.keys(newScripts).filter((name) => {
    return name !== "start" && scripts[name] !== undefined;
  });
  return [
    ...found,
    ...named.map((name) => ({
      message: `package.json has a script "${name}" already: ${scripts[name]}`,
      fix: "give it another name",
    })),
  ];
}
