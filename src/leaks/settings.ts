import type { NamedValue } from "./named-values.ts";

/** Files that are settings and no code: there, a value has no quotes, and no program computes it. */
const settingsFile =
  /(?:^|\/)(?:\.env[\w.-]*|\.npmrc|\.?bash\w*|config|hub|[^/]*\.(?:env|ini|cfg|conf|cnf|properties|toml|ya?ml|sh|xml))$/;

/** `DB_PASSWORD=...`, `api_key: ...`, `//registry/:_authToken=...`, `password="..."` of XML */
const setting =
  /^(?!\s*[#;])(?:.*?[\s/:<])??((?:\w[\w.-]*?)?_?(?:password|passwd|pwd|pass|passphrase|secret|token|auth_?token|_auth|api_?key|secret_?key(?:_base)?|app_?key|access_?key|private_?key|credential)s?)["']?[ \t]*[:=][ \t]*["']?([^\s"'#<>]{6,200})/gim;

/** What is filled in where it runs, what is no value, and what says where a secret lies. */
const harmless =
  /^(?:[$<{*]|%\w|!|arn:|\/|\.\.?\/|~|https?:)|\$\{|\{\{|example|changeme|change-me|placeholder|your[-_]|^(?:true|false|null|none|read|write|string|undefined|required|optional)$|^(?:x{4,}|\*+)$/i;

/** A setting that is called a secret. Weak ones count as well: `admin123` opens as much as anything. */
export function findSettings(path: string, text: string): NamedValue[] {
  if (!settingsFile.test(path)) return [];
  return [...text.matchAll(setting)].flatMap((match): NamedValue[] => {
    const [whole, name = "", value = ""] = match;
    if (harmless.test(value) || !/\d|[^\w./-]/.test(value)) return [];
    return [{ name, value, at: match.index + whole.lastIndexOf(value) }];
  });
}
