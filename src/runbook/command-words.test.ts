import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { commandWords, filledIn, placeholders, placeholdersIn } from "./index.ts";

const word = fc.stringMatching(/^[\w./:=-]{1,12}$/);
const phrase = fc.stringMatching(/^[\w .:,]{1,20}$/);

describe("the words of a command", () => {
  it("are what was written, quoted where there are spaces", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(word, phrase), { minLength: 1 }), (words) => {
        const command = words.map((one) => (/^\S+$/.test(one) ? one : `"${one}"`)).join(" ");
        expect(commandWords(command)).toEqual(words);
      }),
    );
  });

  it("have no placeholder left where each is known, and no word more, whatever it is", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (reason, plan, time) => {
        const command = 'lambdakit x --plan PLAN --to TIME --reason "..." --field reason="..."';
        expect(placeholdersIn(command)).toEqual([...placeholders]);
        expect(filledIn(command, { "...": reason, PLAN: plan, TIME: time })).toEqual([
          ...["lambdakit", "x", "--plan", plan, "--to", time, "--reason", reason],
          ...["--field", `reason=${reason}`],
        ]);
      }),
    );
  });

  it("keep a placeholder that nobody knows", () => {
    expect(filledIn("lambdakit x --plan PLAN", {})).toEqual(["lambdakit", "x", "--plan", "PLAN"]);
  });
});
