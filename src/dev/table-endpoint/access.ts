import { type AccessRequest, preparePolicies } from "../../evaluate/index.ts";
import { type FunctionPlan, policyDocument } from "../../plan/index.ts";
import { deniedMessage } from "./denied-message.ts";
import { grantFor } from "./grant.ts";
import type { ServedPlan } from "./served-plan.ts";

/** A call that a function's own policy does not allow. */
export interface AccessDenied {
  /** Its key in the manifest. */
  readonly function: string;
  /** Such as `dynamodb:PutItem`. */
  readonly action: string;
  readonly resource: string;
  /** AWS's words. */
  readonly message: string;
  /** The line in `service.ts` that would allow it; null where a manifest cannot say it. */
  readonly fix: string | null;
}

/** Holds calls against the policies of the functions that make them. */
export class AccessGate {
  readonly #judges = new WeakMap<FunctionPlan, Judge>();
  readonly #judgeFor: JudgeOf;

  /** @param judgeFor is asked once for each plan of a function, which a reload replaces */
  constructor(judgeFor: JudgeOf = judgeOfPlan) {
    this.#judgeFor = judgeFor;
  }

  /** The first of the requests that the function's policy does not allow; undefined where it allows all. */
  refusal(
    plan: ServedPlan,
    lambda: FunctionPlan,
    requests: readonly AccessRequest[],
  ): AccessDenied | undefined {
    const judge = this.#judgeOf(lambda);
    for (const request of requests) {
      const { effect } = judge(request);
      if (effect === "allowed") continue;
      const { action, resource } = request;
      const message = deniedMessage(sessionArn(plan, lambda), request, effect);
      return {
        function: lambda.key,
        action,
        resource,
        message,
        fix: grantFor(plan, lambda, request),
      };
    }
    return undefined;
  }

  #judgeOf(lambda: FunctionPlan): Judge {
    const known = this.#judges.get(lambda);
    if (known !== undefined) return known;
    const judge = this.#judgeFor(lambda);
    this.#judges.set(lambda, judge);
    return judge;
  }
}

/** Decides about one function's requests. */
type Judge = ReturnType<typeof preparePolicies>;

/** Finds who decides about a function's requests. */
export type JudgeOf = (lambda: FunctionPlan) => Judge;

function judgeOfPlan({ role }: FunctionPlan): Judge {
  return preparePolicies([policyDocument(role.statements)]);
}

/** Lambda takes on a function's role in a session that has the function's name. */
function sessionArn({ accountId }: ServedPlan, { role, name }: FunctionPlan): string {
  return `arn:aws:sts::${accountId}:assumed-role/${role.name}/${name}`;
}
