import { execFileSync } from "node:child_process";
import {
  existsSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { openCheckout } from "./open-checkout.ts";

const files = {
  "service/service.ts": "first",
  "service/src/gone.ts": "gone",
  "service/node_modules/own/index.js": "own",
  "node_modules/zod/index.js": "zod",
  "dist/index.js": "built",
  ".gitignore": "node_modules/\ndist/\n",
};

it("is as a fresh clone, with what is not committed, and with the packages that are installed", async () => {
  const root = await temporaryFolder(files);
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b.c", ...args], { cwd: root });
  symlinkSync("..", path.join(root, "node_modules/toolkit"));
  git("init", "--quiet");
  git("add", "--all");
  git("commit", "--quiet", "--message", "first");
  writeFileSync(path.join(root, "service/service.ts"), "second");
  writeFileSync(path.join(root, "service/new.ts"), "new");
  rmSync(path.join(root, "service/src/gone.ts"));

  const folder = path.join(await temporaryFolder(), "checkout");
  const { service } = await openCheckout(path.join(root, "service"), folder);
  expect(service).toBe(path.join(folder, "service"));
  expect(readFileSync(path.join(service, "service.ts"), "utf8")).toBe("second");
  expect(readFileSync(path.join(service, "new.ts"), "utf8")).toBe("new");
  expect(existsSync(path.join(service, "src/gone.ts"))).toBe(false);
  expect(readFileSync(path.join(service, "node_modules/own/index.js"), "utf8")).toBe("own");
  expect(readFileSync(path.join(folder, "node_modules/zod/index.js"), "utf8")).toBe("zod");
  // A package whose source is here is that of the copy, with what was built of it.
  expect(realpathSync(path.join(folder, "node_modules/toolkit"))).toBe(folder);
  expect(readFileSync(path.join(folder, "node_modules/toolkit/dist/index.js"), "utf8")).toBe(
    "built",
  );
  // To empty the folder, as npm does, takes nothing from here.
  rmSync(path.join(folder, "node_modules"), { recursive: true });
  expect(existsSync(path.join(root, "node_modules/zod/index.js"))).toBe(true);

  writeFileSync(path.join(service, "service.ts"), "third");
  expect(readFileSync(path.join(root, "service/service.ts"), "utf8")).toBe("second");
});

it("is a copy where there is no repository, without what was made", async () => {
  const root = await temporaryFolder({ ...files, "service/.lambdakit/x": "made" });
  const folder = path.join(await temporaryFolder(), "checkout");
  const { service } = await openCheckout(path.join(root, "service"), folder);
  expect(service).toBe(folder);
  expect(readdirSync(service).sort()).toEqual(["node_modules", "service.ts", "src"]);
});
