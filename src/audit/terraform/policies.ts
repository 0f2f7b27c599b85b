import type { FileFacts, Subject } from "../facts.ts";
import type { Place } from "../finding.ts";
import { lineAt } from "../line-at.ts";
import { wildcardsOf } from "../wildcards.ts";
import { terraformFiles } from "./own-terraform.ts";

/** `Action = "s3:*"` of a policy in JSON, `actions = ["s3:*"]` of an `aws_iam_policy_document`. */
const actionsForm = /(?<![\w-])"?(?:Action|actions)"?\s*[=:]\s*(\[[^\]]*\]|"[^"]*")/g;
const resourcesForm = /(?<![\w-])"?(?:Resource|resources)"?\s*[=:]\s*(\[[^\]]*\]|"[^"]*")/;
const principalForm = /(?<![\w-])"?(?:Principal|principals)"?\s*[={:]/;
const denyForm = /(?<![\w-])"?effect"?\s*[=:]\s*"Deny"/i;

/** Statements in the service's own Terraform that allow everything of something. Policies of resources are none. */
export function wildcardsInTerraform(facts: FileFacts, subject: Subject) {
  return terraformFiles(facts, subject).flatMap(({ path, text }) =>
    [...text.matchAll(actionsForm)].flatMap((match) => {
      const statement = around(text, match.index);
      if (denyForm.test(statement) || principalForm.test(statement)) return [];
      const place: Place = { file: path, line: lineAt(text, match.index) };
      return wildcardsOf({
        Effect: "Allow",
        Action: stringsIn(match[1] ?? ""),
        Resource: stringsIn(resourcesForm.exec(statement)?.[1] ?? ""),
      }).map((what) => ({ place, evidence: `allows ${what}` }));
    }),
  );
}

function stringsIn(list: string): string[] {
  return [...list.matchAll(/"([^"]*)"/g)].map(([, text = ""]) => text);
}

/** The text between the braces that a position is in. */
function around(text: string, at: number): string {
  let from = at;
  for (let depth = 0; from > 0; from -= 1) {
    if (text[from] === "}") depth += 1;
    if (text[from] === "{") {
      if (depth === 0) break;
      depth -= 1;
    }
  }
  let to = at;
  for (let depth = 0; to < text.length; to += 1) {
    if (text[to] === "{") depth += 1;
    if (text[to] === "}") {
      if (depth === 0) break;
      depth -= 1;
    }
  }
  return text.slice(from, to);
}
