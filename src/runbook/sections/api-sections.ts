import type { Sections } from "../section.ts";
import { stepsIn } from "../steps.ts";

type ApiKind = "api-server-errors" | "api-error-budget" | "api-latency";

export const apiSections: Sections<ApiKind> = {
  "api-server-errors": ({ plan, alarms: [alarm] }) => {
    const { metrics, history, rollback, errors, status, verify, quiet } = stepsIn(plan);
    return {
      title: "The API answers 5xx",
      see: `In five minutes over ${alarm?.threshold} % of the requests to ${alarm?.subject} were answered with 5xx, and ${alarm?.minimumCount} at least.`,
      means:
        "Callers get no answers. 500 is a function's own failure, or a permission that it or the API has lost; 502 is an answer that API Gateway cannot read; 504 is a function that took over 29 seconds.",
      steps: [history, rollback, errors, metrics, status],
      check: [verify, quiet],
      escalate:
        "At once where going back did not help and no error is in the logs: then it is between API Gateway and Lambda, and somebody with the account's rights has to look. Where AWS's own health page names the region, tell the callers.",
    };
  },
  "api-error-budget": ({ plan, alarms: [alarm] }) => {
    const { errors, history, metrics, quiet } = stepsIn(plan);
    return {
      title: "The API fails too often, if not all the time",
      see: `In each of two hours over ${alarm?.threshold} % of the requests to ${alarm?.subject} were answered with 5xx, and ${alarm?.minimumCount} at least.`,
      means:
        "Too few failures to wake somebody, and too many to go on: at this rate, what may fail in 30 days is used up in ten. Where there is little traffic, it may be every request.",
      steps: [
        metrics,
        errors,
        history,
        {
          what: "Find the route that fails, and write down what makes it fail: always, for one kind of request, or by chance.",
        },
        {
          what: "Correct it with the next release. Going back is right where it began with the last one.",
        },
      ],
      check: [quiet],
      escalate:
        "Where all requests of a route fail: callers are without it, treat it as if you had been woken.",
    };
  },
  "api-latency": ({ plan, alarms: [alarm] }) => {
    const { metrics, history, rollback, alarms, quiet, errors } = stepsIn(plan);
    return {
      title: "The API is slow",
      see: `In two of three five minutes one request in a hundred to ${alarm?.subject} took over ${alarm?.threshold} ms; where there were fewer than a hundred, half of them did.`,
      means:
        "Callers wait. Either the functions are slow (a table that throttles, a page that grew, a service behind them), or there are many cold starts after a release or a rise of traffic: those end by themselves within minutes.",
      steps: [
        alarms,
        metrics,
        history,
        rollback,
        errors,
        { what: "Where a table throttles, go on in its section: the functions wait for it." },
      ],
      check: [quiet],
      escalate: "Where it lasts for half an hour and neither release nor table explains it.",
    };
  },
};
