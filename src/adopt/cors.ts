import type { AdoptedCors } from "./model.ts";
import type { Ledger } from "./source/ledger.ts";
import { booleanOf, entriesOf, integerOf, itemsOf, type Tree, textOf } from "./source/tree.ts";

/**
 * Reads who may call an API from a browser: a text in quotes of its own, a map of such texts, or a map of lists.
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-api-corsconfiguration.html (2026-11-27)
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-httpapi-httpapicorsconfiguration.html (2026-11-27)
 */
export function readCors(cors: Tree | undefined, ledger: Ledger): AdoptedCors | undefined {
  if (cors === undefined) return undefined;
  if (booleanOf(cors) === true) {
    ledger.carry(cors);
    return { allowOrigins: ["*"] };
  }
  if (cors.kind === "scalar") return onlyOrigins(cors, ledger);
  const known = new Map(entriesOf(cors).map(({ key, value }) => [key.toLowerCase(), value]));
  const origins =
    known.get("alloworigin") ??
    known.get("alloworigins") ??
    known.get("allowedorigins") ??
    known.get("origin") ??
    known.get("origins");
  const allowOrigins = originsOf(origins);
  if (origins !== undefined && allowOrigins === undefined) ledger.lose(origins, unknownOrigins);
  else ledger.carry(origins);
  const allowHeaders = headersOf(
    known.get("allowheaders") ?? known.get("allowedheaders") ?? known.get("headers"),
    ledger,
  );
  const exposeHeaders = headersOf(
    known.get("exposeheaders") ?? known.get("exposedresponseheaders"),
    ledger,
  );
  const age = known.get("maxage");
  const maxAgeSeconds = integerOf(age) ?? integerText(textOf(age));
  if (maxAgeSeconds !== undefined) ledger.carry(age);
  for (const name of ["allowmethods", "allowedmethods", "methods"]) ledger.carry(known.get(name));
  if (allowOrigins === undefined) return undefined;
  return {
    allowOrigins,
    ...(allowHeaders === undefined ? {} : { allowHeaders }),
    ...(exposeHeaders === undefined ? {} : { exposeHeaders }),
    ...(maxAgeSeconds === undefined || maxAgeSeconds > 86_400 ? {} : { maxAgeSeconds }),
  };
}

const unknownOrigins = {
  why: "the origins are not written in the file",
  instead: "write them under api.cors.allowOrigins",
};

function onlyOrigins(cors: Tree, ledger: Ledger): AdoptedCors | undefined {
  const allowOrigins = originsOf(cors);
  if (allowOrigins !== undefined) ledger.carry(cors);
  else ledger.lose(cors, unknownOrigins);
  return allowOrigins === undefined ? undefined : { allowOrigins };
}

function originsOf(tree: Tree | undefined): string[] | undefined {
  const texts = itemsOf(tree).flatMap((item) => listed(textOf(item)) ?? [""]);
  const isKnown =
    texts.length > 0 && texts.every((one) => /^(\*|https?:\/\/[\w.-]+(:\d+)?)$/.test(one));
  return isKnown ? texts : undefined;
}

function headersOf(tree: Tree | undefined, ledger: Ledger): string[] | undefined {
  if (tree === undefined) return undefined;
  const names = itemsOf(tree).flatMap((item) => listed(textOf(item)) ?? [""]);
  if (names.length > 0 && names.every((name) => /^[\w-]+$/.test(name))) {
    ledger.carry(tree);
    return names;
  }
  ledger.lose(tree, {
    why: "a browser may send, and read, headers that are named",
    instead: "write them under api.cors.allowHeaders, or exposeHeaders",
  });
  return undefined;
}

/** `"'a,b'"` → `["a", "b"]` */
function listed(text: string | undefined): string[] | undefined {
  return text
    ?.trim()
    .replace(/^'(.*)'$/s, "$1")
    .split(",")
    .map((one) => one.trim());
}

function integerText(text: string | undefined): number | undefined {
  const digits = /^'?(\d{1,6})'?$/.exec(text?.trim() ?? "")?.[1];
  return digits === undefined ? undefined : Number(digits);
}
