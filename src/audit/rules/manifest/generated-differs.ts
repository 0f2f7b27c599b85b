import type { Rule } from "../../rule.ts";

export const generatedDiffers: Rule = {
  id: "generated-differs",
  severity: "medium",
  means: "a derived file is not what follows from service.ts",
  why: "What was reviewed is not what service.ts says, and one of them is what is deployed.",
  source:
    "https://docs.aws.amazon.com/wellarchitected/latest/framework/ops_dev_integ_version_control.html",
  checks: {
    files: ({ stale }) =>
      stale.map(({ path, differences }) => ({
        place: { file: path, line: null },
        evidence: differences.slice(0, 3).join("; "),
        fix: "npx lambdakit generate",
      })),
  },
};
