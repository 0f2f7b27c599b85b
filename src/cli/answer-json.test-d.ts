import type { PlanAnswer, TokenAnswer } from "../answers/index.ts";
import { answerJson } from "./answer-json.ts";

/** Checked by the compiler and never run: each `@ts-expect-error` fails where its mistake is accepted. */

const plan = { environment: "dev", changes: [], steps: [] } as const;

// Takes what its schema says.
answerJson<PlanAnswer>(plan);

// Refuses what lacks something.
// @ts-expect-error
answerJson<PlanAnswer>({ environment: "dev", changes: [] });

// Refuses what has something more.
// @ts-expect-error
answerJson<PlanAnswer>({ ...plan, more: true });

// Refuses another value.
// @ts-expect-error
answerJson<PlanAnswer>({ ...plan, environment: "test" });

// Refuses an answer that says of no schema.
// @ts-expect-error
answerJson(plan);

// Refuses that of another command.
// @ts-expect-error
answerJson<TokenAnswer>(plan);
