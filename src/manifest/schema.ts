import * as z from "zod";
import { defaults } from "./defaults.ts";
import {
  apiThrottling,
  architectures,
  backupRetentionDays,
  dnsLimits,
  keyAttributeLength,
  lambdaLimits,
  logRetentionDays,
  regions,
  runtimes,
  tagLimits,
} from "./facts.ts";
import type { JsonSchema, Schema } from "./json-schema.ts";
import { statusCodes } from "./status-codes.ts";

/**
 * The manifest's form, as data: what `types.ts` says to an editor, said again to a program, with the
 * defaults filled in. `define-service.test-d.ts` fails when the two disagree.
 */

/** An object that refuses unknown keys. The message of that issue lists the known ones, for "did you mean". */
function strict<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject(shape, { error: unknownKeys(Object.keys(shape)) });
}

function unknownKeys(known: readonly (string | number)[]) {
  return (issue: { code?: string }) =>
    issue.code === "unrecognized_keys" ? known.join(" ") : undefined;
}

const kebabName = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, "kebab-case, such as order-lines");
const camelKey = z.string().regex(/^[a-z][a-zA-Z0-9]*$/, "camelCase, such as orderLines");
const text = z.string().min(1);

/** Method, space, path; a parameter is a whole segment, and a greedy one (`{proxy+}`) is the last. */
const routePattern =
  /^(GET|POST|PUT|PATCH|DELETE|HEAD) \/(?:(?:[\w.~-]+|\{\w+\})(?:\/(?:[\w.~-]+|\{\w+\}))*(?:\/\{\w+\+\})?|\{\w+\+\})?$/;
const route = z
  .string()
  .regex(routePattern, 'a method and a path, such as "GET /v1.0/products/{productId}"');

const keyAttribute = z.preprocess(
  (value) => (typeof value === "string" ? { name: value, type: "S" } : value),
  strict({ name: text.max(keyAttributeLength.max), type: z.enum(["S", "N", "B"]) }),
);

const index = strict({ partitionKey: keyAttribute, sortKey: keyAttribute.optional() });

const table = strict({
  name: text
    .regex(/^(?:[\w.-]|\{environment\})+$/, 'letters, digits, "_", "-", "." and {environment}')
    .optional(),
  variable: text
    .regex(/^[A-Z][A-Z0-9_]*$/, "an environment variable, such as ORDERS_TABLE")
    .optional(),
  partitionKey: keyAttribute,
  sortKey: keyAttribute.optional(),
  existing: z.boolean().default(defaults.existing),
  timeToLiveAttribute: text.optional(),
  indexes: z
    .record(z.string().regex(/^[\w.-]{3,255}$/, "3 to 255 of a-z, A-Z, 0-9, _, -, ."), index)
    .default({}),
});

const grant = strict({
  allow: z
    .array(
      z.enum([
        "GetItem",
        "BatchGetItem",
        "Query",
        "Scan",
        "PutItem",
        "UpdateItem",
        "DeleteItem",
        "BatchWriteItem",
        "ConditionCheckItem",
      ]),
    )
    .min(1),
  index: text.optional(),
  partitionKeys: z.array(text).min(1).optional(),
});

const secret = strict({
  description: text,
  store: z.enum(["ssm", "secrets-manager"]).default(defaults.secretStore),
});

const memoryMb = z.int().min(lambdaLimits.memoryMb.min).max(lambdaLimits.memoryMb.max);
const timeoutSeconds = z
  .int()
  .min(lambdaLimits.timeoutSeconds.min)
  .max(lambdaLimits.timeoutSeconds.max);
const ephemeralStorageMb = z
  .int()
  .min(lambdaLimits.ephemeralStorageMb.min)
  .max(lambdaLimits.ephemeralStorageMb.max);
const reservedConcurrency = z.int().min(0);
const maxPackageSizeKb = z
  .int()
  .min(1)
  .max(lambdaLimits.zippedSizeMb * 1024);
const size = {
  memoryMb: memoryMb.optional(),
  timeoutSeconds: timeoutSeconds.optional(),
  reservedConcurrency: reservedConcurrency.optional(),
  ephemeralStorageMb: ephemeralStorageMb.optional(),
};

const example = strict({
  pathParameters: z.record(z.string(), z.string()).default({}),
  query: z.record(z.string(), z.string()).default({}),
  body: z.unknown().optional(),
});

/** Whatever stands here was read before, by `read-schemas.ts`: it is JSON Schema by now. */
const jsonSchema = z.custom<Schema>().transform((schema) => schema as JsonSchema);

const response = strict({
  description: text,
  headers: jsonSchema.optional(),
  body: jsonSchema.optional(),
});

const schemas = strict({
  pathParameters: jsonSchema.optional(),
  query: jsonSchema.optional(),
  headers: jsonSchema.optional(),
  body: jsonSchema.optional(),
  responses: z
    .partialRecord(z.literal(statusCodes), response, { error: unknownKeys(statusCodes) })
    .default({}),
});

/** As RFC 6749 has them, without what would not fit into a list that spaces separate. */
const scope = z
  .string()
  .regex(/^[\x21\x23-\x5b\x5d-\x7e]+$/, 'a scope without spaces, such as "products:write"');
const routeAuth = z.union([z.literal(["none", "iam"]), strict({ scopes: z.array(scope).min(1) })], {
  error: '"none", "iam" or { scopes: ["products:write"] }',
});
const authRoute = z.string().regex(routePattern, "scopes, or one of the function's routes");
const auth = z.union([routeAuth, z.record(authRoute, routeAuth)], {
  error: '"none", "iam", { scopes: ["products:write"] }, or one of these for each route',
});

const throttling = strict({
  requestsPerSecond: z.int().min(1).max(apiThrottling.requestsPerSecond),
  burst: z.int().min(1).max(apiThrottling.burst),
});

const lambdaFunction = strict({
  ...size,
  maxPackageSizeKb: maxPackageSizeKb.optional(),
  codeCache: z.boolean().optional(),
  description: text.max(lambdaLimits.descriptionLength),
  entry: text,
  routes: z.array(route).default([]),
  auth: auth.optional(),
  throttling: throttling.optional(),
  tables: z.record(z.string(), z.array(grant)).default({}),
  secrets: z.array(text).default([]),
  example: example.prefault({}),
  schemas: schemas.prefault({}),
});

const origin = z
  .string()
  .regex(
    /^(\*|https?:\/\/[\w.-]+(:\d+)?)$/,
    'an origin, such as "https://shop.example.com", or "*"',
  );
const headerName = z.string().regex(/^[\w-]+$/, "a header's name");

const cors = strict({
  allowOrigins: z.array(origin).min(1),
  allowHeaders: z.array(headerName).default(defaults.cors.allowHeaders),
  exposeHeaders: z.array(headerName).default(defaults.cors.exposeHeaders),
  // Firefox's limit; Chromium's is 7,200: https://developer.mozilla.org/docs/Web/HTTP/Headers/Access-Control-Max-Age
  maxAgeSeconds: z.int().min(0).max(86_400).default(defaults.cors.maxAgeSeconds),
});

const api = strict({
  stage: z
    .string()
    .regex(/^[\w-]{1,128}$/, "letters, digits, _ and -")
    .default(defaults.stage),
  binaryMediaTypes: z
    .array(z.string().regex(/^[\w.+*-]+\/[\w.+*-]+$/, 'a media type, such as "image/png"'))
    .default([]),
  cors,
  throttling: strict({
    requestsPerSecond: z
      .int()
      .min(1)
      .max(apiThrottling.requestsPerSecond)
      .default(defaults.throttling.requestsPerSecond),
    burst: z.int().min(1).max(apiThrottling.burst).default(defaults.throttling.burst),
  }).prefault({}),
});

const percent = z.number().gt(0).max(100);
const count = z.int().min(1);
const alarms = strict({
  functionErrors: strict({
    ratePercent: percent.default(defaults.alarms.functionErrors.ratePercent),
    minimumCount: count.default(defaults.alarms.functionErrors.minimumCount),
  }).prefault({}),
  functionDuration: strict({
    percentOfTimeout: percent.default(defaults.alarms.functionDuration.percentOfTimeout),
  }).prefault({}),
  functionThrottles: strict({
    ratePercent: percent.default(defaults.alarms.functionThrottles.ratePercent),
    minimumCount: count.default(defaults.alarms.functionThrottles.minimumCount),
  }).prefault({}),
  functionConcurrency: strict({
    percentOfLimit: percent.default(defaults.alarms.functionConcurrency.percentOfLimit),
  }).prefault({}),
  apiServerErrors: strict({
    ratePercent: percent.default(defaults.alarms.apiServerErrors.ratePercent),
    minimumCount: count.default(defaults.alarms.apiServerErrors.minimumCount),
  }).prefault({}),
  apiErrorBudget: strict({
    availabilityPercent: z
      .number()
      .min(90)
      .max(99.99)
      .default(defaults.alarms.apiErrorBudget.availabilityPercent),
    minimumCount: count.default(defaults.alarms.apiErrorBudget.minimumCount),
  }).prefault({}),
  apiLatency: strict({
    p99Milliseconds: count.default(defaults.alarms.apiLatency.p99Milliseconds),
  }).prefault({}),
  tableThrottles: strict({
    count: count.default(defaults.alarms.tableThrottles.count),
  }).prefault({}),
  tableSystemErrors: strict({
    count: count.default(defaults.alarms.tableSystemErrors.count),
  }).prefault({}),
});

/** Where SNS delivers without an account of ours: nobody has to make anything first. */
const recipient = z
  .string()
  .regex(
    /^mailto:[^\s@,;?]+@[^\s@,;?]+$|^https:\/\/[^\s/]+(\/\S*)?$/,
    'an address such as "mailto:team@example.com" or "https://example.com/alarms"',
  );
const recipients = z.array(recipient).default([]);
const notify = strict({ page: recipients, ticket: recipients }).prefault({});

const httpsAddress = z
  .string()
  .max(512)
  .regex(
    /^https:\/\/[\w.-]+(:\d+)?(\/[\w.~%!$&'()*+,;=:@-]*)*$/,
    'an https address without a query, such as "https://login.example.com"',
  );
/** Without spaces: functions get them as a list that spaces separate. */
const audience = z.string().regex(/^[\x21-\x7e]{1,256}$/, "an audience without spaces");
const jwt = strict({
  issuer: httpsAddress,
  audience: z.union([audience, z.array(audience).min(1)], {
    error: "an audience, or a list of them",
  }),
  jwksUri: httpsAddress.optional(),
});

const backups = strict({
  retentionDays: count
    .max(backupRetentionDays.max)
    .default(defaults.recovery.backups.retentionDays),
  lock: z.boolean().default(defaults.recovery.backups.lock),
});

const recovery = strict({
  rpoMinutes: count.default(defaults.recovery.rpoMinutes),
  rtoMinutes: count.default(defaults.recovery.rtoMinutes),
  backups: backups.prefault({}),
});

const domain = strict({
  name: z
    .string()
    .max(dnsLimits.nameLength)
    .regex(
      /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){2,}[a-z][a-z0-9-]{0,61}[a-z0-9]$/,
      'a name within a zone, in small letters, such as "products.example.com"',
    ),
  zoneId: z.string().regex(/^[A-Z0-9]{1,32}$/, 'a hosted zone\'s id, such as "Z0123456789EXAMPLE"'),
});

const tags = z
  .record(
    z
      .string()
      .regex(
        /^(?!aws:)[\w +=.:/@-]{1,128}$/i,
        `1 to ${tagLimits.keyLength} characters, not starting with "aws:"`,
      ),
    z.string().max(tagLimits.valueLength),
  )
  .default({});

const environment = strict({
  accountId: z.string().regex(/^\d{12}$/, "twelve digits"),
  region: z.enum(regions),
  logLevel: z.enum(["DEBUG", "INFO", "WARN", "ERROR"]),
  logRetentionDays: z.literal(logRetentionDays),
  approval: z.enum(["none", "confirm", "confirm-and-reason"]),
  notify,
  jwt: jwt.optional(),
  recoveryRegion: z.enum(regions).optional(),
  domain: domain.optional(),
  tags,
  sizes: z.record(z.string(), strict(size)).default({}),
});

const root = {
  name: kebabName,
  prefix: kebabName,
  description: text,
  repository: text
    .regex(
      /^[\w.-]+\/[\w.-]+$|^[\w.-]+@\d+\/[\w.-]+@\d+$/,
      'an owner and a repository, such as "acme/shop", or "acme@1234/shop@5678" with their ids',
    )
    .optional(),
  branch: text.regex(/^[\w./-]+$/, 'one branch, such as "main"').default(defaults.branch),
  folder: text
    .regex(
      /^(\.|[\w.-]+(\/[\w.-]+)*)$/,
      'a folder from the root of the repository, such as "services/shop"',
    )
    .default(defaults.folder),
  owners: z
    .array(
      z
        .string()
        .regex(
          /^@[\w-]+(\/[\w.-]+)?$|^[^\s@#]+@[^\s@#]+$/,
          'a team such as "@acme/shop-team", a person such as "@octocat", or an address',
        ),
    )
    .default([]),
  runtime: z.enum(runtimes).default(defaults.runtime),
  architecture: z.enum(architectures).default(defaults.architecture),
  memoryMb: memoryMb.default(defaults.memoryMb),
  timeoutSeconds: timeoutSeconds.default(defaults.timeoutSeconds),
  reservedConcurrency: reservedConcurrency.optional(),
  ephemeralStorageMb: ephemeralStorageMb.default(defaults.ephemeralStorageMb),
  maxPackageSizeKb: maxPackageSizeKb.default(defaults.maxPackageSizeKb),
  codeCache: z.boolean().default(defaults.codeCache),
  tracing: z.boolean().default(defaults.tracing),
  api,
  tables: z.record(camelKey, table).default({}),
  secrets: z.record(camelKey, secret).default({}),
  functions: z.record(camelKey, lambdaFunction),
  alarms: alarms.prefault({}),
  recovery: recovery.prefault({}),
  tags,
  sampleData: text.optional(),
  environments: strict({ dev: environment, sit: environment, prod: environment }),
};

/** Accepts a whole manifest. */
export const manifestSchema = strict(root);

/** A manifest with every default filled in. */
export type Manifest = z.output<typeof manifestSchema>;

/** Accepts what is left of a manifest when the parts with problems are taken away, so that the rest can be checked. */
export const draftSchema = strict({
  ...root,
  functions: z.record(camelKey, lambdaFunction.partial()),
  environments: strict({
    dev: environment.partial(),
    sit: environment.partial(),
    prod: environment.partial(),
  }).partial(),
}).partial();

/** What can be read of a manifest that has problems: anything may be missing. */
export type Draft = z.output<typeof draftSchema>;
