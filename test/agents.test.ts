/** What agents read: commands that are typed as they stand there, and links that lead somewhere. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseInput } from "../src/cli/parse-input.ts";
import { exitCodes } from "../src/errors/index.ts";
import { commandOf } from "./all-commands.ts";

describe("SKILL.md", () => {
  const text = readFileSync("SKILL.md", "utf8");
  const fenced = [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)]
    .flatMap(([, lines = ""]) => lines.trim().split("\n"))
    .concat([...text.matchAll(/`(lambdakit [^`]+)`/g)].map(([, line = ""]) => line));

  it("is named as the tool, and says when it is for somebody", () => {
    const [, name, description = ""] =
      /^---\nname: (.+)\ndescription: (.+)\n---\n/.exec(text) ?? [];
    expect(name).toBe("lambdakit");
    // What those who load skills take. https://agentskills.io/specification (2026-11-27)
    expect(description.length).toBeLessThanOrEqual(1024);
    expect(description).toContain("service.ts");
  });

  it("is short enough to be read before anything else", () => {
    expect(text.split("\n").length).toBeLessThan(120);
  });

  it.each(fenced)("%s is a command that there is, with options that it has", (line) => {
    const [program, ...words] = line.split(" ");
    expect(program).toBe("lambdakit");
    const named = commandOf(words);
    expect(named).toBeDefined();
    if (named === undefined) return;
    expect(() => parseInput(named.command, named.rest)).not.toThrow();
  });

  it("changes nothing in PROD by any of its commands", () => {
    const looking = [
      "explain",
      "status",
      "alarms",
      "logs",
      "metrics",
      "releases",
      "dr backup list",
    ];
    const inProduction = fenced.filter((line) => /--(?:env|to)[ =]prod/.test(line));
    const others = inProduction.filter(
      (line) => !looking.some((name) => line.startsWith(`lambdakit ${name}`)),
    );
    expect(inProduction.length).toBeGreaterThan(3);
    expect(others).toEqual([]);
  });

  it("has the exit codes that commands end with", () => {
    const [, list = ""] = /Exit codes: (.+)\./.exec(text) ?? [];
    const stated = [...list.matchAll(/(\d+) /g)].map(([, code]) => Number(code));
    const { interrupted: _, ...others } = exitCodes;
    expect(stated).toEqual(Object.values(others));
  });
});

describe("llms.txt", () => {
  const text = readFileSync("llms.txt", "utf8");
  const links = [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, link = ""]) => link);

  it("leads to files that exist", () => {
    expect(links.filter((link) => !existsSync(link))).toEqual([]);
  });

  it("has every page of the reference", () => {
    const pages = readdirSync("docs/reference").map((file) => `docs/reference/${file}`);
    expect(pages.filter((page) => !links.includes(page))).toEqual([]);
  });

  it("begins with a title and what it is about", () => {
    expect(text).toMatch(/^# lambdakit\n\n> .+\n\n## /);
  });
});
