import { propertiesOf } from "../../manifest/index.ts";
import { routeName } from "../../names.ts";
import type { RoutePlan } from "../../plan/index.ts";
import { exampleRequest } from "./example-request.ts";
import { type Probe, refusalStatus } from "./probe.ts";
import { type Accepts, violations } from "./violations.ts";

/** A body that must be refused. */
interface WrongBody {
  readonly slug: string;
  /** How it goes on after "refuses". */
  readonly words: string;
  /** Becomes JSON, but for a text, which is sent as it is. */
  readonly body: unknown;
  /** The fields that the refusal has to name. */
  readonly names: readonly string[];
}

/** Not even the beginning of an object. */
const brokenJson = "{";

/**
 * Requests whose bodies are not JSON, or that the body's schema refuses. None is sent that the schema
 * would accept: it would be carried out.
 */
export function bodyRefusals(route: RoutePlan, accepts: Accepts): Probe[] {
  const { body: schema, responses } = route;
  const status = refusalStatus(route);
  if (schema === null) return [];
  const refused = status === undefined ? [] : wrongBodies(route, accepts);
  return [
    ...refused.map(
      ({ slug, words, body, names }): Probe => ({
        id: `${routeName(route)} body.${slug}`,
        what: `refuses ${words}, with ${status}`,
        route: routeName(route),
        operation: route,
        request: exampleRequest(route, { body }),
        statuses: [status as number],
        names,
        isForeign: false,
      }),
    ),
    // The text is no valid body either: a service that does not look at the type refuses it all the same.
    ...responses
      .filter((one) => one.status === 415)
      .map(
        (): Probe => ({
          id: `${routeName(route)} body.type`,
          what: "refuses a body that is text/plain, with 415",
          route: routeName(route),
          operation: route,
          request: exampleRequest(route, {
            body: brokenJson,
            headers: { "Content-Type": "text/plain" },
          }),
          statuses: [415],
          names: ["Content-Type"],
          isForeign: false,
        }),
      ),
  ];
}

function wrongBodies({ body, example }: RoutePlan, accepts: Accepts): WrongBody[] {
  const schema = body ?? {};
  const properties = propertiesOf(schema) ?? [];
  const required = properties.filter((one) => one.required).map(({ name }) => name);
  const bodies: WrongBody[] = [
    { slug: "none", words: "a request without a body", body: null, names: ["body"] },
    { slug: "broken", words: "a body that is broken JSON", body: brokenJson, names: ["body"] },
    {
      slug: "empty",
      words: "the body {}",
      body: {},
      names: required.length === 0 ? ["body"] : required,
    },
  ];
  const { body: good } = example;
  if (isObject(good) && accepts(schema, good)) {
    for (const name of required) {
      const { [name]: _, ...rest } = good;
      bodies.push({
        slug: `${name}.missing`,
        words: `a body without ${name}`,
        body: rest,
        names: [name],
      });
    }
    for (const { name, schema: property } of properties) {
      for (const { keyword, value } of violations(property, accepts)) {
        const broken = { ...good, [name]: value };
        const words = `a body whose ${name} ${shortened(value)} (${keyword})`;
        bodies.push({ slug: `${name}.${keyword}`, words, body: broken, names: [name] });
      }
    }
    const unknown = "notAField";
    const words = "a body with an unknown field";
    bodies.push({ slug: "unknown", words, body: { ...good, [unknown]: 1 }, names: [unknown] });
  }
  return bodies.filter((one) => !isObject(one.body) || !accepts(schema, one.body));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function shortened(value: unknown): string {
  const json = JSON.stringify(value);
  if (json.length <= 20) return `is ${json}`;
  const { length } = value as string | readonly unknown[];
  return `has ${length} ${typeof value === "string" ? "characters" : "entries"}`;
}
