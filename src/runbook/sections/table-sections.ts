import type { Sections } from "../section.ts";
import { stepsIn } from "../steps.ts";

export const tableSections: Sections<"table-throttles" | "table-system-errors"> = {
  "table-throttles": ({ plan, alarms: [alarm] }) => {
    const { metrics, errors, quiet, aws } = stepsIn(plan);
    return {
      title: "A table throttles requests",
      see: `In two of three five minutes DynamoDB throttled more than ${alarm?.threshold} requests to ${alarm?.subject} or its indexes.`,
      means:
        "The table is on demand: it takes twice its highest traffic so far at once, and one partition takes 1,000 writes and 3,000 reads a second, whatever the table takes. So traffic doubled within minutes, or all of it goes to one key.",
      steps: [
        metrics,
        errors,
        aws(
          "See whether the table or an index is being changed, and what it is limited to.",
          `dynamodb describe-table --table-name ${alarm?.subject}`,
        ),
        {
          what: "Traffic that doubled: DynamoDB follows within half an hour. The SDK tries again meanwhile.",
        },
        {
          what: "One hot key, such as an index whose partition key has one value: that needs another key, not more capacity.",
        },
      ],
      check: [quiet],
      escalate: "Where callers see it: the API's alarms fire.",
    };
  },
  "table-system-errors": ({ plan, alarms: [alarm] }) => {
    const { errors, metrics, quiet, verify } = stepsIn(plan);
    return {
      title: "Requests fail within DynamoDB",
      see: `In two of three five minutes more than ${alarm?.threshold} requests to ${alarm?.subject} failed with 500 within DynamoDB.`,
      means:
        "It is AWS's failure. The SDK tries again; whether callers see it, the API's alarms say.",
      steps: [
        metrics,
        errors,
        { what: "See whether AWS's health page names DynamoDB in the region." },
        {
          what: "A write that failed may have been done: whoever repeats one by hand reads first.",
        },
      ],
      check: [verify, quiet],
      escalate:
        "Where it lasts for half an hour: open a case with AWS, with request ids from the logs.",
    };
  },
};
