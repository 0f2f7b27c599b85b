import { type Estimate, factsOf, priceTable } from "../../../evaluate/index.ts";
import { perMillion } from "./cost-text.ts";

/** A cost as JSON: US dollars as numbers, rounded to a millionth. */
export function costJson(cost: Estimate) {
  return {
    service: cost.service,
    environment: cost.environment,
    region: cost.region,
    prices: priceTable.version,
    requests: cost.requests.toNumber(),
    routes: cost.routes.map((one) => ({
      route: one.route,
      function: one.function,
      requests: one.requests.toNumber(),
      lambda: one.parts.lambda.toNumber(),
      api: one.parts.api.toNumber(),
      dynamodb: one.parts.dynamodb.toNumber(),
      logs: one.parts.logs.toNumber(),
      traces: one.parts.traces.toNumber(),
      usd: one.usd.toNumber(),
    })),
    fixed: cost.fixed.map(({ meter, amount, usd }) => ({
      meter,
      what: factsOf(meter).what,
      amount: amount.toNumber(),
      usd: usd.toNumber(),
    })),
    usd: {
      routes: cost.routesUsd.toNumber(),
      fixed: cost.fixedUsd.toNumber(),
      total: cost.usd.toNumber(),
      perMillionRequests: perMillion(cost)?.toNumber() ?? null,
    },
  };
}
