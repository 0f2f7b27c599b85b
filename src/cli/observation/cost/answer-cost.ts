import type { CostAnswer } from "../../../answers/index.ts";
import { exitCodes, LambdakitError } from "../../../errors/index.ts";
import { estimate, meterNames, pricesOf, type Rational } from "../../../evaluate/index.ts";
import type { ServicePlan } from "../../../plan/index.ts";
import { answerJson } from "../../answer-json.ts";
import type { Input, World } from "../../command.ts";
import { createStyle } from "../../style.ts";
import { plainNumber, readAmount } from "./amounts.ts";
import { basisOf, dollars, leftOut, sourcesOf } from "./cost-basis.ts";
import { type Comparison, compareCosts } from "./cost-comparison.ts";
import { costJson } from "./cost-json.ts";
import { comparisonMarkdown, costMarkdown } from "./cost-markdown.ts";
import { readPlans } from "./cost-plans.ts";
import { type Below, comparisonText, costText } from "./cost-text.ts";
import { figuresOf, readGiven } from "./given-figures.ts";
import { outcomesOf, readSizes } from "./memory-sizes.ts";

/** Answers `lambdakit cost`. @returns the exit code */
export async function answerCost(input: Input, world: World): Promise<number> {
  const { terminal } = world;
  requireOneForm(input);
  const budget = readBudget(input);
  const { plan, label, before, measured } = await readPlans(input, world);
  const given = readGiven(input, plan);
  const sizes = input.text("memory");
  const others = sizes === undefined ? undefined : readSizes(sizes, plan);
  const region = input.text("price-region") ?? plan.region;
  const tariff = { region, prices: pricesOf(region), freeTier: input.flag("free-tier") };

  const figures = figuresOf(plan, given, measured?.use);
  const costOf = (one: ServicePlan, taken = figuresOf(one, given, measured?.use)) =>
    estimate(one, taken, tariff);
  const now = costOf(plan, figures);
  const outcomes = others === undefined ? [] : outcomesOf(plan, figures, others);
  const comparison =
    before !== undefined
      ? compareCosts([
          { label: before.label, cost: costOf(before.plan) },
          { label, cost: now },
        ])
      : outcomes.length > 0
        ? compareCosts(
            [
              { label: "now", cost: now },
              ...outcomes.map((one) => ({
                label: one.label,
                cost: costOf(one.plan, one.figures),
              })),
            ],
            outcomes.length === 1 ? [] : [boundsNote],
          )
        : undefined;
  const below: Below = {
    basis: basisOf(plan, { given, figures, days: measured?.days, region }),
    leftOut: leftOut(plan, tariff.freeTier),
    sources: sourcesOf(meterNames),
  };

  const judged = comparison?.costs.at(-1)?.cost ?? now;
  const isOver = budget !== undefined && judged.usd.compare(budget) > 0;
  if (input.flag("json")) {
    const json = {
      ...costJson(now),
      ...(comparison && { compared: comparedJson(comparison) }),
      ...(budget && { budget: { usd: budget.toNumber(), isOver } }),
      ...below,
    };
    terminal.out(answerJson<CostAnswer>(json));
  } else if (input.flag("markdown")) {
    terminal.out(comparison ? comparisonMarkdown(comparison, below) : costMarkdown(now, below));
  } else {
    const look = { columns: terminal.columns, style: createStyle(terminal.color) };
    terminal.out(comparison ? comparisonText(comparison, below, look) : costText(now, below, look));
  }
  if (!isOver) return exitCodes.ok;
  terminal.err(`Over the budget: ${dollars(judged.usd)} of ${dollars(budget)} USD.`);
  return exitCodes.differences;
}

const boundsNote =
  "computes: all of a request is computing, which is as much faster as the size is larger, up to 1,769 MB. waits: none of it is. The truth is between the two; measure it, and write it behind the size, such as list=512@20ms.";

function comparedJson({
  costs,
}: Comparison): readonly (ReturnType<typeof costJson> & { label: string })[] {
  return costs.map(({ label, cost: one }) => ({ label, ...costJson(one) }));
}

function readBudget(input: Input): Rational | undefined {
  const text = input.text("budget");
  return text === undefined ? undefined : readAmount("--budget", text, plainNumber);
}

function requireOneForm(input: Input): void {
  if (!input.flag("json") || !input.flag("markdown")) return;
  throw new LambdakitError("CLI_BAD_VALUE", {
    message: "--json and --markdown are two forms of the same answer.",
    fix: "leave out one of them",
    at: "--markdown",
  });
}
