/** The tour's pictures show what the commands say: today, in 80 columns. */
import { existsSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { shortPath } from "../../src/cli/short-path.ts";
import { createStyle } from "../../src/cli/style.ts";
import { commandWords } from "../../src/runbook/index.ts";
import { lambdakit } from "../recording-terminal.ts";
import { tourPictures } from "./pictures.ts";
import { terminalPicture } from "./terminal-picture.ts";

const product = fileURLToPath(new URL("../../services/product", import.meta.url));
const tour = readFileSync(new URL("../../docs/tour.md", import.meta.url), "utf8");

it.each(tourPictures)(
  "the picture $name of the tour is what lambdakit $command says",
  async ({ name, command, lines = Number.POSITIVE_INFINITY, service }) => {
    const folder = (await service?.()) ?? product;
    const said: string[] = [];
    const hear = (text: string) => said.push(...text.split("\n"));
    const args = [...commandWords(command), "--service", folder];
    await lambdakit(args, { color: true, onOut: hear, onErr: hear });
    if (service !== undefined) await rm(folder, { recursive: true });
    const style = createStyle(true);
    const shown = [
      `${style.green("$")} ${style.bold(`lambdakit ${command}`)}`,
      ...said.slice(0, lines).map((line) => line.replaceAll(`${shortPath(folder)}/`, "")),
      ...(said.length > lines ? [style.dim("…")] : []),
    ];
    await expect(terminalPicture(`lambdakit ${command}`, shown.join("\n"))).toMatchFileSnapshot(
      `../../docs/tour/${name}.svg`,
    );
    expect(tour).toContain(`![\`lambdakit ${command}\`](tour/${name}.svg)`);
  },
);

it("every picture of the tour is there", () => {
  const named = [...tour.matchAll(/!\[.*\]\((.*)\)/g)].map(([, file = ""]) => file);
  const missing = named.filter(
    (file) => !existsSync(new URL(`../../docs/${file}`, import.meta.url)),
  );
  expect([named.length, missing]).toEqual([tourPictures.length + 1, []]);
});
