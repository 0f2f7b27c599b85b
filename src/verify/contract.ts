import { Ajv2020 } from "ajv/dist/2020.js";
import { correlationHeader } from "../names.ts";
import {
  type Content,
  type Header,
  type OpenApiDocument,
  openApiDocument,
  type Reference,
  type Response,
} from "../openapi/index.ts";
import type { ServicePlan } from "../plan/index.ts";
import { type Answer, answerText, excerpt, jsonOf } from "./http/answer.ts";
import { allowedOrigin, foreignOrigin } from "./probes/origins.ts";
import type { Operation } from "./probes/probe.ts";
import type { Accepts } from "./probes/violations.ts";

/** What is not as stated in an answer, by what it is about. Empty where all is well. */
export interface Faults {
  /** The headers without which a browser hides the answer from the script that asked. */
  readonly cors: readonly string[];
  readonly correlation: readonly string[];
  /** Content type, body and the headers of its own. */
  readonly content: readonly string[];
}

/** What a service's callers are promised: its OpenAPI document, to hold answers against. */
export class Contract {
  readonly #document: OpenApiDocument;
  readonly #ajv = new Ajv2020({ strict: false, validateFormats: false, code: { regExp } });
  readonly #allowOrigin: string;

  constructor(plan: ServicePlan) {
    const { allowOrigins } = plan.api.cors;
    this.#allowOrigin = allowOrigins.includes("*") ? "*" : allowedOrigin(plan.api);
    this.#document = openApiDocument(plan);
    this.#ajv.addSchema(this.#document, "document");
  }

  readonly accepts: Accepts = (schema, value) => this.#ajv.validate(schema, value) as boolean;

  /** What is not as stated in an answer to an operation, or where there is none, in the gateway's own. */
  faults(operation: Operation | null, answer: Answer): Faults {
    const origin = this.#originFaults(answer);
    const stated = this.#stated(operation, answer.status);
    if (stated === undefined) {
      return { cors: origin, correlation: [], content: [`nothing states ${answerText(answer)}`] };
    }
    const { at, response } = stated;
    const named = Object.entries(response.headers ?? {})
      .filter(([name]) => name !== allowOriginHeader)
      .map(([name, header]) => ({ name, faults: this.#headerFaults(at, name, header, answer) }));
    const of = (kind: keyof Faults) =>
      named.filter(({ name }) => kindOf(name) === kind).flatMap(({ faults }) => faults);
    const isHead = operation?.method === "HEAD";
    return {
      cors: [...origin, ...of("cors")],
      correlation: of("correlation"),
      content: [
        ...of("content"),
        ...(isHead ? [] : this.#bodyFaults(at, response.content, answer)),
      ],
    };
  }

  /** What is wrong with an answer to an origin that is not allowed. */
  foreignFaults({ headers }: Answer): string[] {
    const value = headers.get(allowOriginHeader);
    if (value !== "*" && value !== foreignOrigin) return [];
    return [`${allowOriginHeader} is ${JSON.stringify(value)} where ${foreignOrigin} has asked`];
  }

  /** The document cannot say that the answer depends on who asks; and it holds for what is not stated, too. */
  #originFaults({ headers }: Answer): string[] {
    const value = headers.get(allowOriginHeader);
    if (value === this.#allowOrigin) return [];
    const found = value === null ? "missing" : JSON.stringify(value);
    return [`${allowOriginHeader} is ${found}, not ${JSON.stringify(this.#allowOrigin)}`];
  }

  #stated(operation: Operation | null, status: number) {
    if (operation === null) return this.#found(`#/components/responses/Forbidden`);
    const path = escaped(operation.path.replace("+}", "}"));
    const responses = `#/paths/${path}/${operation.method.toLowerCase()}/responses`;
    return this.#found(`${responses}/${status}`) ?? this.#found(`${responses}/default`);
  }

  /** A part of the document, and where it stands: where a reference leads. */
  #found(pointer: string): { readonly at: string; readonly response: Response } | undefined {
    const part = this.#partAt<Response | Reference>(pointer);
    if (part === undefined) return undefined;
    return "$ref" in part ? this.#found(part.$ref) : { at: pointer, response: part };
  }

  #headerFaults(at: string, name: string, header: Header | Reference, answer: Answer): string[] {
    const value = answer.headers.get(name);
    const place = "$ref" in header ? header.$ref : `${at}/headers/${escaped(name)}`;
    const { required = false, schema } = this.#partAt<Header>(place) as Header;
    if (value === null) return required ? [`${name} is missing`] : [];
    if (name === correlationHeader && value !== answer.correlationId) {
      return [`${name} is ${JSON.stringify(value)}, not ${JSON.stringify(answer.correlationId)}`];
    }
    if (this.#ajv.validate(`document${place}/schema`, value)) return [];
    const wanted = "const" in schema ? `, not ${JSON.stringify(schema.const)}` : this.#complaint();
    return [`${name} is ${JSON.stringify(excerpt(value))}${wanted}`];
  }

  #bodyFaults(at: string, content: Content | undefined, answer: Answer): string[] {
    const type = answer.headers.get("content-type") ?? "";
    if (content === undefined) return [];
    const types = Object.keys(content);
    const [plain = ""] = type.split(";");
    const known = types.find((one) => one === plain.trim().toLowerCase());
    if (known === undefined) {
      const found = type === "" ? "missing" : JSON.stringify(type);
      return [`Content-Type is ${found}, not ${types.join(" or ")}: ${excerpt(answer.text)}`];
    }
    const body = jsonOf(answer);
    if (body === undefined) return [`the body is not JSON: ${excerpt(answer.text)}`];
    const schema = `document${at}/content/${escaped(known)}/schema`;
    if (this.#ajv.validate(schema, body)) return [];
    return [`the body is not as stated${this.#complaint()}: ${excerpt(answer.text)}`];
  }

  #complaint(): string {
    return ` (${this.#ajv.errorsText(this.#ajv.errors, { dataVar: "it" })})`;
  }

  #partAt<Part>(pointer: string): Part | undefined {
    return pointer
      .slice("#/".length)
      .split("/")
      .map((key) => decodeURIComponent(key).replaceAll("~1", "/").replaceAll("~0", "~"))
      .reduce<unknown>(
        (part, key) => (part as Record<string, unknown> | undefined)?.[key],
        this.#document,
      ) as Part | undefined;
  }
}

/** A pattern that is one without Unicode only, such as `\\_`, is what JSON Schema would have meant all the same. */
const regExp = Object.assign(
  (pattern: string, flags: string) => {
    try {
      return new RegExp(pattern, flags);
    } catch {
      return new RegExp(pattern);
    }
  },
  { code: "new RegExp" },
);

const allowOriginHeader = "Access-Control-Allow-Origin";

function kindOf(header: string): keyof Faults {
  if (/^access-control-/i.test(header)) return "cors";
  return header.toLowerCase() === correlationHeader.toLowerCase() ? "correlation" : "content";
}

/** A key as it stands in a JSON pointer within a URI. */
function escaped(key: string): string {
  return encodeURIComponent(key.replaceAll("~", "~0").replaceAll("/", "~1"));
}
