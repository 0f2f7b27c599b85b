import { routeName } from "../../../names.ts";
import type { Rule } from "../../rule.ts";
import { serviceFile } from "../../service-file.ts";
import { addressOf, ownTerraform, resources } from "../../terraform/own-terraform.ts";

const readingMethods = ["GET", "HEAD", "OPTIONS"];

export const publicWrite: Rule = {
  id: "public-write",
  severity: "high",
  means: "anybody may change something",
  why: "The API is on the internet: whoever finds it makes, changes and deletes what they like.",
  source:
    "https://owasp.org/API-Security/editions/2023/en/0xa5-broken-function-level-authorization/",
  checks: {
    files: (facts, subject) => {
      const open = new Map<string, string>();
      for (const { api, environment } of subject.plans) {
        for (const route of api.routes) {
          if (readingMethods.includes(route.method) || route.auth.type !== "none") continue;
          const name = routeName(route);
          open.set(name, [open.get(name), environment].filter(Boolean).join(", "));
        }
      }
      const methods = resources(ownTerraform(facts, subject), "aws_api_gateway_method").filter(
        ({ attributes }) =>
          attributes.get("authorization")?.text === '"NONE"' &&
          !readingMethods.includes(unquoted(attributes.get("http_method")?.text)),
      );
      return [
        ...[...open].map(([route, environments]) => ({
          place: serviceFile(facts, subject, `"${route}"`),
          evidence: `${route} is open to everybody in ${environments}`,
          fix: 'write auth beside its routes: { scopes: ["…:write"] } or "iam"',
        })),
        ...methods.map((block) => ({
          place: {
            file: block.file,
            line: block.attributes.get("authorization")?.line ?? block.line,
          },
          evidence: `${addressOf(block)} has authorization = "NONE"`,
          fix: 'write authorization = "AWS_IAM", or "CUSTOM" with an authorizer_id',
        })),
      ];
    },
  },
};

function unquoted(text = ""): string {
  return text.replaceAll('"', "");
}
