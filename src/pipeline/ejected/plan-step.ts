import type { StepModel } from "../write/workflow-model.ts";

/** What the zips in build/ would change, in the run's summary; the digest of it for whoever applies that and no more. */
export function planStep(environment: string): StepModel {
  return {
    note: "2 says that something would change, which is no failure.",
    name: "Plan",
    id: "plan",
    run: `npm run plan -- ${environment} --built | tee "$RUNNER_TEMP/plan.txt" || test $? -eq 2
{ echo '\`\`\`'; sed 's/\\x1b\\[[0-9;]*m//g' "$RUNNER_TEMP/plan.txt"; echo '\`\`\`'; } >> "$GITHUB_STEP_SUMMARY"
sed -n 's/^Digest of this plan: /plan=/p' "$RUNNER_TEMP/plan.txt" >> "$GITHUB_OUTPUT"
`,
  };
}
