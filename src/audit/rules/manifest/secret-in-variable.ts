import { findLeaks } from "../../../leaks/index.ts";
import type { Rule } from "../../rule.ts";
import { serviceFile } from "../../service-file.ts";

export const secretInVariable: Rule = {
  id: "secret-in-variable",
  severity: "critical",
  means: "an environment variable of a function has what looks like a secret",
  why: "Whoever may look at the function reads it, and it stands in Terraform's state and in the generated variables.",
  source: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars-encryption.html",
  checks: {
    files: (facts, subject) => {
      const seen = new Set<string>();
      return subject.plans.flatMap(({ functions }) =>
        functions.flatMap((one) =>
          Object.entries(one.environmentVariables).flatMap(([name, value]) => {
            const [leak] = findLeaks(".env", `${name}=${value}`);
            if (leak === undefined || seen.has(`${one.key} ${name}`)) return [];
            seen.add(`${one.key} ${name}`);
            return [
              {
                place: serviceFile(facts, subject, name),
                evidence: `${name} of ${one.key}: ${leak.what}`,
                fix: "end it where it was issued, and read it from Secrets Manager where it is needed",
              },
            ];
          }),
        ),
      );
    },
  },
};
