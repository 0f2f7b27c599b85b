import type { Command } from "../command.ts";
import { targetOptions } from "../deployment/target.ts";

export const cost: Command = {
  name: "cost",
  summary: "work out what a month costs, by route, before and after a change",
  description:
    "Derives from service.ts what a request to each route takes, and prices it with AWS's list prices of a stated day: Lambda, API Gateway, DynamoDB, logs, traces, and what is there without any request. What the plan does not say is assumed, and every assumption is printed; options replace them, and --measured takes what CloudWatch has seen. diff A B compares two releases, --diff-with another folder of the service, --memory other sizes. Needs no credentials but for diff and --measured, and changes nothing. Ends with 2 where it is over --budget.",
  examples: [
    "lambdakit cost --requests 5M",
    "lambdakit cost --requests 5M --mix list=70,get=30 --duration 40ms",
    "lambdakit cost --env sit --measured 30d --budget 50",
    "lambdakit cost --memory list=512,get=512@12ms",
    "lambdakit cost --diff-with ../main/services/product --markdown",
    "lambdakit cost diff 3f9c 8ab0 --requests 5M",
  ],
  options: {
    ...targetOptions,
    requests: {
      type: "text",
      placeholder: "N",
      description: "requests in a month of 30 days, such as 5M (default: 1M, or what was measured)",
    },
    mix: {
      type: "text",
      placeholder: "NAME=PERCENT,...",
      description:
        "which part of them goes to which route or function (default: the same to each route)",
    },
    duration: {
      type: "text",
      placeholder: "[NAME=]TIME,...",
      description: "what Lambda bills for a request to a route or function (default: 50ms)",
    },
    reads: {
      type: "text",
      placeholder: "NAME=UNITS,...",
      description: "read units of a request (default: by what its function is granted)",
    },
    writes: {
      type: "text",
      placeholder: "NAME=UNITS,...",
      description: "write units of a request (default: by what its function is granted)",
    },
    items: {
      type: "text",
      placeholder: "[TABLE=]N,...",
      description: "items in each table (default: 100k)",
    },
    "item-size": {
      type: "text",
      placeholder: "SIZE",
      description: "bytes of an item (default: 1KB)",
    },
    "page-items": {
      type: "text",
      placeholder: "N",
      description: "items that a page or a batch has (default: 20)",
    },
    "log-size": {
      type: "text",
      placeholder: "SIZE",
      description: "what a request writes into its function's log (default: by its level)",
    },
    measured: {
      type: "text",
      placeholder: "DAYS",
      bare: "30d",
      description: "take what CloudWatch has seen in these days instead of assumptions",
    },
    memory: {
      type: "text",
      placeholder: "FUNCTION=MB[@TIME],...",
      description: "compare with other sizes; without TIME for what computes and what waits",
    },
    "diff-with": {
      type: "text",
      placeholder: "DIR",
      description: "compare with the service of this folder, as it was before",
    },
    "price-region": {
      type: "text",
      placeholder: "REGION",
      description: "whose prices hold (default: the environment's region)",
    },
    "free-tier": { type: "flag", description: "take off what AWS gives for nothing each month" },
    budget: {
      type: "text",
      placeholder: "USD",
      description: "end with 2 where a month costs more than this",
    },
    markdown: { type: "flag", description: "Markdown, for a pull request" },
  },
  arguments: ["ACTION", "ID", "OTHER_ID"],

  async run(input, world) {
    // Prices and what works with them are read by nobody else.
    const { answerCost } = await import("../observation/cost/answer-cost.ts");
    return answerCost(input, world);
  },
};
