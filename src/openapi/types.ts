import type { JsonSchema } from "../plan/index.ts";

/** The part of OpenAPI that is written here. @see https://spec.openapis.org/oas/v3.1.0 */
export interface OpenApiDocument {
  readonly openapi: "3.1.0";
  readonly info: {
    readonly title: string;
    readonly version: string;
    readonly description: string;
  };
  readonly servers?: readonly Server[];
  readonly paths: Readonly<Record<string, PathItem>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonSchema>>;
    readonly parameters: Readonly<Record<string, Parameter>>;
    readonly headers: Readonly<Record<string, Header>>;
    readonly responses: Readonly<Record<string, Response>>;
    readonly securitySchemes?: Readonly<Record<string, SecurityScheme>>;
  };
}

export interface Server {
  readonly url: string;
  readonly description?: string;
}

export type OperationMethod = "get" | "post" | "put" | "patch" | "delete" | "head" | "options";

export type PathItem = { readonly [Method in OperationMethod]?: Operation };

export interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly parameters?: readonly (Parameter | Reference)[];
  readonly requestBody?: { readonly required: true; readonly content: Content };
  readonly responses: Readonly<Record<string, Response | Reference>>;
  /** Absent where the operation is open to everybody. */
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
}

/** How a caller shows who it is. */
export type SecurityScheme =
  | { readonly type: "http"; readonly scheme: "bearer"; readonly bearerFormat: "JWT" }
  | {
      readonly type: "apiKey";
      readonly in: "header";
      readonly name: string;
      readonly "x-amazon-apigateway-authtype": "awsSigv4";
    };

export interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly required?: boolean;
  readonly description?: string;
  readonly schema: JsonSchema;
  readonly example?: unknown;
}

export interface Response {
  readonly description: string;
  readonly headers?: Readonly<Record<string, Header | Reference>>;
  readonly content?: Content;
}

export interface Header {
  readonly required?: boolean;
  readonly description?: string;
  readonly schema: JsonSchema;
}

/** By media type. */
export type Content = Readonly<Record<string, MediaType>>;

export interface MediaType {
  readonly schema?: JsonSchema;
  readonly example?: unknown;
}

export interface Reference {
  readonly $ref: string;
}
