import type { Sections } from "../section.ts";
import { stepsIn } from "../steps.ts";

type FunctionKind =
  | "function-errors"
  | "function-duration"
  | "function-throttles"
  | "function-concurrency";

export const functionSections: Sections<FunctionKind> = {
  "function-errors": ({ plan, alarms: [alarm] }) => {
    const { errors, history, rollback, metrics, quiet } = stepsIn(plan);
    return {
      title: "A function fails",
      see: `In 15 minutes over ${alarm?.threshold} % of a function's invocations ended in an error of Lambda, and ${alarm?.minimumCount} at least.`,
      means:
        "The function did not come to its end: it timed out, ran out of memory, or broke while it was loaded. What the code itself answers with 500 is not among these; the API's alarms see that.",
      steps: [
        errors,
        {
          what: 'Look for "Task timed out", "Runtime exited" and "Runtime.ImportModuleError" in them: too slow, too little memory, a broken release.',
        },
        history,
        rollback,
        metrics,
        {
          what: "Where it is memory or time, change memoryMb or timeoutSeconds in service.ts, and deploy.",
        },
      ],
      check: [quiet],
      escalate:
        "Where callers see it, too: then the service's alarm fires, and its section counts.",
    };
  },
  "function-duration": ({ plan, alarms: [alarm] }) => {
    const { metrics, errors, history, quiet } = stepsIn(plan);
    return {
      title: "A function comes near its timeout",
      see: `In 15 minutes one invocation in a hundred took over ${alarm?.threshold} ms; where there were fewer than a hundred, half of them did.`,
      means:
        "Soon invocations will be ended by Lambda, and callers get 504: API Gateway waits 29 seconds and no longer. More data in an answer, a table that throttles, or a service behind it that does not answer.",
      steps: [
        metrics,
        errors,
        history,
        {
          what: "Find out what it waits for. A higher timeoutSeconds helps nobody who calls through the API.",
        },
        { what: "More memoryMb is more processor: where it computes, that is the quick way." },
      ],
      check: [quiet],
      escalate: "Where the API's latency alarm fires as well.",
    };
  },
  "function-throttles": ({ plan, alarms: [alarm] }) => {
    const { status, metrics, quiet, aws } = stepsIn(plan);
    return {
      title: "Lambda refuses invocations",
      see: `In five minutes over ${alarm?.threshold} % of a function's invocations were refused, and ${alarm?.minimumCount} at least.`,
      means:
        "Callers get 429 or 5xx. The function, or all functions of the account together, ran as often at once as they may. Either there is more traffic, or each invocation takes longer: twice as long is twice as many at once.",
      steps: [
        metrics,
        status,
        aws(
          "See what the account may run at once, and what is reserved for others.",
          "lambda get-account-settings",
        ),
        {
          what: "Where the function is slow, that is the cause: go on in the section of its duration.",
        },
        { what: "Where reservedConcurrency in service.ts is the limit, raise it and deploy." },
        {
          what: "Where it is the account's, ask AWS for more; until it is there, lower throttling in service.ts, so that callers are refused in time.",
        },
      ],
      check: [quiet],
      escalate: "At once where the account's limit is reached: other services are hurt as well.",
    };
  },
  "function-concurrency": ({ plan, alarms: [alarm] }) => {
    const { metrics, quiet } = stepsIn(plan);
    return {
      title: "A function comes near its concurrency",
      see: `In three of five minutes more than ${alarm?.threshold} invocations of a function ran at once.`,
      means: "It is not refused yet. With a little more traffic, or a little slower, it will be.",
      steps: [
        metrics,
        { what: "Is it slower than it was? Then that is the cause, and not the traffic." },
        { what: "Else raise reservedConcurrency in service.ts, and deploy." },
      ],
      check: [quiet],
      escalate: "Where the alarm of refused invocations fires as well.",
    };
  },
};
