import path from "node:path";
import { createInterface } from "node:readline";
import { exitCodes } from "../../errors/index.ts";
import type { Command } from "../command.ts";

export const mcp: Command = {
  name: "mcp",
  summary: "let an agent look at a service, over the Model Context Protocol",
  description:
    "Speaks the Model Context Protocol on stdin and stdout: an agent's program starts it, and ends it by closing stdin. Its tools are commands of lambdakit with their flags; what they answer is what --json prints, and errors have their fix. They only look. With --allow-changes there are also tools that change files, DEV and SIT; SIT wants its words, as ever. None changes PROD, and none takes another folder or a URL. Runs one command at a time.",
  examples: ["lambdakit mcp --service services/product", "lambdakit mcp --allow-changes"],
  options: {
    "allow-changes": {
      type: "flag",
      description: "offer what changes files, dev and sit, too; prod is never changed",
    },
  },
  arguments: [],

  async run(input, { terminal, interrupted }, cli) {
    const { createServer } = await import("../mcp/server.ts");
    const answer = createServer({
      commands: await cli.commands(),
      run: cli.run,
      directory: path.resolve(input.text("service") ?? "."),
      allowChanges: input.flag("allow-changes"),
      send: (message) => terminal.out(JSON.stringify(message)),
    });
    terminal.err("Waits for a client of the Model Context Protocol on stdin. Ctrl-C ends it.");
    const lines = createInterface({ input: process.stdin });
    interrupted.addEventListener("abort", () => lines.close(), { once: true });
    const answers: Promise<void>[] = [];
    for await (const line of lines) if (line.trim() !== "") answers.push(answer(line));
    await Promise.all(answers);
    return exitCodes.ok;
  },
};
