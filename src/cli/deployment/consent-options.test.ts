import fc from "fast-check";
import { describe, expect, it } from "vitest";
import product from "../../../services/product/service.ts";
import { LambdakitError } from "../../errors/index.ts";
import { validateManifest } from "../../manifest/index.ts";
import { type EnvironmentName, planService } from "../../plan/index.ts";
import { requireConsent } from "../../release/index.ts";
import { promote } from "../commands/promote.ts";
import { parseInput } from "../parse-input.ts";
import { consentOf } from "./consent-options.ts";

const validation = validateManifest(product);
if (!validation.ok) throw new Error("the Product service has problems");
const { manifest } = validation;

const table = "aws_dynamodb_table.a";
const command = "lambdakit promote --plan 5d41402abc4b";

/** What is said to these arguments: `"yes"`, or the error. */
function answer(
  environment: EnvironmentName,
  args: readonly string[],
  losses: readonly string[] = [],
): "yes" | LambdakitError {
  try {
    const consent = consentOf(parseInput(promote, ["--to", environment, ...args]));
    requireConsent(consent, planService(manifest, environment), command, losses);
    return "yes";
  } catch (error) {
    if (error instanceof LambdakitError) return error;
    throw error;
  }
}

const code = (...args: Parameters<typeof answer>) => {
  const said = answer(...args);
  return said === "yes" ? said : said.code;
};

describe("whoever changes an environment", () => {
  it.each<[EnvironmentName, readonly string[], string]>([
    ["dev", [], "yes"],
    ["dev", ["--confirm", "anything"], "yes"],
    ["sit", [], "DEPLOY_NOT_CONFIRMED"],
    ["sit", ["--reason", "CHG-1"], "DEPLOY_NOT_CONFIRMED"],
    ["sit", ["--confirm", "Deploy"], "DEPLOY_NOT_CONFIRMED"],
    ["sit", ["--confirm", "deploy"], "yes"],
    ["sit", ["--confirm", "deploy-to-production"], "DEPLOY_NOT_CONFIRMED"],
    ["prod", [], "DEPLOY_NOT_CONFIRMED"],
    ["prod", ["--confirm", "deploy-to-production"], "DEPLOY_NOT_CONFIRMED"],
    ["prod", ["--reason", "CHG-1"], "DEPLOY_NOT_CONFIRMED"],
    ["prod", ["--confirm", "deploy", "--reason", "CHG-1"], "DEPLOY_NOT_CONFIRMED"],
    ["prod", ["--confirm", "deploy-to-production", "--reason", " "], "DEPLOY_NOT_CONFIRMED"],
    ["prod", ["--confirm", "deploy-to-production", "--reason", "..."], "DEPLOY_NOT_CONFIRMED"],
    ["prod", ["--confirm", "deploy-to-production", "--reason", "CHG-1"], "yes"],
    ["prod", ["--reason=Preise für 2027", "--confirm=deploy-to-production"], "yes"],
  ])("of %s with %j is told: %s", (environment, args, expected) => {
    expect(code(environment, args)).toBe(expected);
  });

  it("is told what to type, which applies the plan that was shown", () => {
    expect(answer("sit", [])).toMatchObject({
      message: "sit is changed only with --confirm deploy. Nothing was changed.",
      fix: `${command} --confirm deploy`,
      exitCode: 77,
    });
    expect(answer("prod", [])).toMatchObject({
      message:
        'prod is changed only with --confirm deploy-to-production --reason "...". Nothing was changed.',
      fix: `${command} --confirm deploy-to-production --reason "..."`,
    });
  });
});

describe("whoever would lose data", () => {
  it.each<[EnvironmentName, readonly string[], string]>([
    ["dev", [], `${command} --allow-data-loss`],
    ["sit", ["--confirm", "deploy"], `${command} --confirm deploy --allow-data-loss`],
    [
      "prod",
      ["--confirm", "deploy-to-production", "--reason", "CHG-1"],
      `${command} --confirm deploy-to-production --reason "..." --allow-data-loss`,
    ],
  ])("in %s has to say so besides", (environment, args, command) => {
    expect(answer(environment, args, [table])).toMatchObject({
      code: "DEPLOY_LOSES_DATA",
      message: "With this plan all data is lost in:\naws_dynamodb_table.a",
      fix: `back it up, then ${command}`,
      exitCode: 77,
    });
    expect(answer(environment, [...args, "--allow-data-loss"], [table])).toBe("yes");
  });

  it("has confirmed nothing with that alone", () => {
    expect(code("sit", ["--allow-data-loss"], [table])).toBe("DEPLOY_NOT_CONFIRMED");
    expect(code("prod", ["--allow-data-loss"], [table])).toBe("DEPLOY_NOT_CONFIRMED");
  });
});

describe("production", () => {
  const words = "deploy-to-production";
  const texts = fc.oneof(
    fc.string(),
    fc.constantFrom(words, "deploy", `${words} `, words.toUpperCase(), "prod", "yes", "", "CHG-1"),
  );
  const flag = fc.oneof(
    fc
      .tuple(fc.constantFrom("confirm", "reason"), texts)
      .map(([name, text]) => `--${name}=${text}`),
    fc.constantFrom("--dry-run", "--allow-data-loss", "--json", "--quiet", "--no-color"),
  );

  it("is changed with the exact words and a reason only, in whatever order flags are", () => {
    fc.assert(
      fc.property(fc.array(flag, { maxLength: 8 }), (flags) => {
        // What is written twice counts as it was written last.
        const last = (name: string) =>
          flags
            .filter((one) => one.startsWith(`--${name}=`))
            .at(-1)
            ?.slice(name.length + 3);
        const isAllowed = last("confirm") === words && (last("reason") ?? "").trim() !== "";
        if (code("prod", flags, []) === "yes") expect(isAllowed).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it("is changed with these, whatever else is written, and wherever", () => {
    const others = fc.subarray([
      "--dry-run",
      "--json",
      "--quiet",
      "--no-color",
      "--allow-data-loss",
    ]);
    const reason = fc.stringMatching(/^[a-z][\w -]*$/);
    fc.assert(
      fc.property(others, reason, fc.infiniteStream(fc.nat()), (more, why, order) => {
        const flags = [...more, `--confirm=${words}`, `--reason=${why}`];
        const shuffled = flags
          .map((one) => ({ one, at: order.next().value ?? 0 }))
          .sort((a, b) => a.at - b.at)
          .map(({ one }) => one);
        expect(code("prod", shuffled, [table])).toBe(
          more.includes("--allow-data-loss") ? "yes" : "DEPLOY_LOSES_DATA",
        );
      }),
    );
  });
});
