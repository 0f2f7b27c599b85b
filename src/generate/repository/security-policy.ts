import type { GeneratedFile } from "../generated-file.ts";

const text = `# Security

## Report a vulnerability

Please do not open an issue. On the repository's page on GitHub, open **Security**, then **Report a vulnerability**: a private
report that only the maintainers see. Say what you did, what happened, and what somebody could do with it.

## What is looked after

What is deployed, which is what the main branch has. Fixes are made there, and go to production by the same way as every change.
`;

/** How somebody tells of a vulnerability. It is written where there is none, and is the people's from then on. */
export const securityPolicyFile: GeneratedFile = {
  path: "SECURITY.md",
  instead: [".github/SECURITY.md", "docs/SECURITY.md"],
  render: (current) =>
    current === undefined
      ? { text, differences: ["there is no such file"] }
      : { text: current, differences: [] },
};
