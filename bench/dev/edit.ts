import { writeFile } from "node:fs/promises";
import { Agent, get } from "node:http";
import type { Running } from "./contestants.ts";

/** How long it takes from a saved file to an answer of the new code, for each of a number of edits. */
export async function editTimes(
  { contestant, url }: Running,
  { edits, pauseMs }: { readonly edits: number; readonly pauseMs: number },
): Promise<number[]> {
  const { project } = contestant;
  if (project === undefined) throw new Error(`${contestant.name} has nothing to edit`);
  const agent = new Agent({ keepAlive: true });
  const times: number[] = [];
  try {
    for (let number = 1; number <= edits; number++) {
      await writeFile(project.editedFile, project.edited(number));
      const saved = performance.now();
      await untilAnswered(url + project.path, project.answer(number), agent);
      times.push(performance.now() - saved);
      // Whoever edits reads the answer, and types, before the next edit.
      await pause(pauseMs);
    }
  } finally {
    agent.destroy();
  }
  return times;
}

async function untilAnswered(url: string, expected: string, agent: Agent): Promise<void> {
  for (const deadline = performance.now() + 30_000; performance.now() < deadline; ) {
    if ((await textOf(url, agent)) === expected) return;
    await pause(5);
  }
  throw new Error(`${url} never answered "${expected}"`);
}

function textOf(url: string, agent: Agent): Promise<string> {
  return new Promise((resolve, reject) => {
    get(url, { agent }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk) => {
        text += chunk;
      });
      response.on("end", () => resolve(text));
      response.on("error", reject);
    }).on("error", reject);
  });
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
