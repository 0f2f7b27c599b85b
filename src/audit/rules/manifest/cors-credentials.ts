import { inFolder } from "../../packages.ts";
import type { Rule } from "../../rule.ts";
import type { Block } from "../../terraform/blocks.ts";
import { addressOf, ownTerraform } from "../../terraform/own-terraform.ts";

/** A header that is set to true, however the code writes it. */
const allowed = /access-control-allow-credentials["'`]?\]?\s*(?:[:=,]|=>)\s*["'`]?true\b/i;

export const corsCredentials: Rule = {
  id: "cors-credentials",
  severity: "high",
  means: "answers with credentials are allowed where every origin is",
  why: "A browser refuses the two together, so that somebody will soon echo the origin instead; then any page reads what its visitor may read.",
  source:
    "https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/CORS/Errors/CORSNotSupportingCredentials",
  checks: {
    files: (facts, subject) => {
      const { folder, plans } = subject;
      const isAnyOrigin = plans.some(({ api }) => api.cors.allowOrigins.includes("*"));
      const start = inFolder(folder, "");
      const sources = facts.files.filter(
        ({ path }) =>
          path.startsWith(start) && /\.[cm]?[jt]sx?$/.test(path) && !/\.test\./.test(path),
      );
      const found = sources.flatMap(({ path, text }) =>
        text.split("\n").flatMap((line, index) =>
          allowed.test(line)
            ? [
                {
                  place: { file: path, line: index + 1 },
                  evidence: 'Access-Control-Allow-Credentials is set, and allowOrigins is "*"',
                  fix: "name the origins in cors.allowOrigins of service.ts, or leave the header out",
                },
              ]
            : [],
        ),
      );
      const blocks = ownTerraform(facts, subject).flatMap(withInner);
      const inTerraform = blocks
        .filter(({ attributes }) => attributes.get("allow_credentials")?.text === "true")
        .filter(({ attributes }) => /"\*"/.test(attributes.get("allow_origins")?.text ?? ""))
        .map((block) => ({
          place: { file: block.file, line: block.attributes.get("allow_credentials")?.line ?? 1 },
          evidence: `${addressOf(block) || block.kind} allows credentials, and every origin`,
          fix: "name the origins in allow_origins, or write allow_credentials = false",
        }));
      return [...(isAnyOrigin ? found : []), ...inTerraform];
    },
  },
};

function withInner(block: Block): Block[] {
  return [block, ...block.blocks.flatMap(withInner)];
}
