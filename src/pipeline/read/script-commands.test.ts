import { describe, expect, it } from "vitest";
import { scriptCommands } from "./script-commands.ts";

describe("the commands of a script", () => {
  it.each([
    ["one a line", "a\nb c\n", ["a", "b c"]],
    ["one over several lines", "a --b \\\n  --c", ["a --b --c"]],
    ["in pipes and lists", "a | b && c || d; e & f", ["a", "b", "c", "d", "e", "f"]],
    ["in an if", 'if [ "$A" != "b" ]; then\n  exit 1\nfi', ['[ "$A" != "b" ]', "exit 1"]],
    ["behind variables", "A=1 B=2 c", ["c"]],
    ["in $( )", "ids=$(gh api x) && a", ["gh api x", "a"]],
    ["in $( ) in a text", 'echo "$(curl x)"', ['echo "', "curl x"]],
    ["in backquotes", "echo `curl x`", ["echo", "curl x"]],
    ["not in a text", "jq '.a | .b; c' \"d; e\"", ["jq '.a | .b; c' \"d; e\""]],
    ["not behind a backslash", 'echo "\\" | a" \\| b', ['echo "\\" | a" \\| b']],
    ["none", "\n\n", []],
  ])("are found %s", (_, script, commands) => {
    expect(scriptCommands(script)).toEqual(commands);
  });
});
