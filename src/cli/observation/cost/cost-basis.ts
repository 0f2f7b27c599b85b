import {
  backupCopies,
  type Figures,
  factsOf,
  type Meter,
  priceTable,
  type Rational,
} from "../../../evaluate/index.ts";
import type { BackupsPlan, ServicePlan } from "../../../plan/index.ts";
import type { Given } from "./given-figures.ts";

/** Something that a cost rests on. */
export interface Basis {
  readonly from: "given" | "measured" | "assumed";
  readonly what: string;
}

/** What was asked of a plan. */
export interface Question {
  readonly given: Given;
  readonly figures: Figures;
  /** That CloudWatch has seen requests in; undefined where it was not asked, or has seen none. */
  readonly days: number | undefined;
  /** Whose prices are taken. */
  readonly region: string;
}

/**
 * Everything that is no price and not in the plan, and where each comes from.
 */
export function basisOf(
  plan: ServicePlan,
  { given, figures, days, region }: Question,
): readonly Basis[] {
  const measured = days !== undefined;
  const either = (said: unknown, isMeasured = false): Basis["from"] =>
    said !== undefined ? "given" : isMeasured ? "measured" : "assumed";
  const seen = measured
    ? `, by ${days} ${days === 1 ? "day" : "days"} of CloudWatch's figures`
    : "";
  const bytes = (value: Rational) => `${grouped(value)} bytes`;
  const elsewhere: Basis[] =
    region === plan.region
      ? []
      : [
          {
            from: "given",
            what: `prices of ${region}; it runs in ${plan.region}, which has others`,
          },
        ];
  return [
    ...elsewhere,
    {
      from: either(given.requests, measured),
      what: `${grouped(figures.requests)} requests in a month of 30 days${given.requests === undefined ? seen : ""}`,
    },
    {
      from: either(given.mix, measured),
      what:
        given.mix !== undefined
          ? "each route has the share that --mix gives it"
          : measured
            ? "each function has its share of the invocations, its routes alike"
            : "each route has the same share of them",
    },
    {
      from: either(given.durations, measured),
      what: measured
        ? "Lambda bills the duration that CloudWatch has; the time to initialise is not in it"
        : `Lambda bills ${given.durations === undefined ? "50 ms" : "what --duration says"} for a request, the time to initialise in it`,
    },
    {
      from: either(given.reads ?? given.writes, measured),
      what: measured
        ? "tables give the read and write units that CloudWatch has; which route takes how many is in proportion to its grants"
        : "a request does each operation once that its function is granted, once for each pattern of keys; reads are strongly consistent, those of an index are not; each write goes into every index; none is in a transaction, which doubles it",
    },
    {
      from: either(given.itemBytes),
      what: `an item has ${bytes(figures.itemBytes)}, and a page ${given.pageItems === undefined ? 20 : grouped(given.pageItems)} of them`,
    },
    {
      from: either(given.items),
      what: `there are ${[...figures.items].map(([table, items]) => `${grouped(items)} items in ${table}`).join(", ") || "no tables"}`,
    },
    {
      from: "assumed",
      what: "an answer is an item, or a page of them, and 512 bytes; a 204 has no body",
    },
    {
      from: either(given.logBytes, measured),
      what: measured
        ? "functions write as much as CloudWatch has taken in"
        : given.logBytes === undefined
          ? "a request writes 1,024 bytes of Lambda's own, and 1,024 of the function's; above the level INFO 512, of metrics"
          : `a request writes ${bytes(given.logBytes)}`,
    },
    ...authorizerBasis(plan, figures, measured),
    ...secretBasis(plan),
    {
      from: measured ? "measured" : "assumed",
      what: `an access log's line has ${bytes(figures.accessLogBytes)}; logs are kept for ${retention(plan)} days, not compressed`,
    },
    {
      from: "assumed",
      what: "requests are spread evenly over the month: X-Ray traces the first in a second and 5 % of the others, so that this is the most",
    },
    {
      from: "assumed",
      what: "the code has reported each of its metrics, for each route and function; S3 has the zips of 100 releases, each as large as it may be",
    },
  ];
}

function authorizerBasis(
  { api }: ServicePlan,
  { authorizer }: Figures,
  isMeasured: boolean,
): Basis[] {
  if (api.authorizer === null) return [];
  return [
    isMeasured
      ? {
          from: "measured",
          what: "the authorizer runs as CloudWatch has it, for each request to a route that asks for scopes; where none of these came through, what it refused is left out",
        }
      : {
          from: "assumed",
          what: `the authorizer runs for each request to a route that asks for scopes, and writes ${grouped(authorizer.logBytes)} bytes; API Gateway uses its answer to a token again for ${api.authorizer.cacheSeconds} s, so that this is the most`,
        },
  ];
}

function secretBasis({ secrets }: ServicePlan): Basis[] {
  if (secrets.every(({ store }) => store !== "secrets-manager")) return [];
  const what =
    "one execution environment of each function that reads a secret in Secrets Manager reads it again every 300 s; those beside it read as often";
  return [{ from: "assumed", what }];
}

function retention({ api, functions }: ServicePlan): string {
  const days = [api.logGroup, ...functions.map(({ logGroup }) => logGroup)];
  return [...new Set(days.map(({ retentionDays }) => retentionDays))].join(" or ");
}

/** What a bill may have beside. */
export function leftOut(plan: ServicePlan, freeTier: boolean): readonly string[] {
  const { backups, standby } = plan.recovery;
  return [
    "preflights (OPTIONS), which are requests to API Gateway, too",
    "messages of alarms, queries of logs, what is asked of KMS, Terraform's state",
    "tax, support, and discounts for large or long use",
    ...(backups === null ? [] : [backupsText(backups)]),
    ...(standby === null
      ? []
      : [`what stands by in ${standby.region}, and the replica's writes, storage and transfer`]),
    ...(freeTier ? [] : ["what AWS gives for nothing each month (--free-tier takes it off)"]),
  ];
}

/** Its price is known of no region but us-east-1: what it is multiplied with is said instead. */
function backupsText(backups: BackupsPlan): string {
  const { kept, elsewhere } = backupCopies(backups);
  const there = backups.copyTo === null ? "" : ` and ${elsewhere} in ${backups.copyTo.region}`;
  return `backups: ${kept} whole copies of each table${there}, at $0.10 a GB and month in us-east-1; no price was found elsewhere`;
}

/** AWS's pages, each once. */
export function sourcesOf(meters: readonly Meter[]): readonly string[] {
  return [...new Set(meters.map((meter) => factsOf(meter).source))];
}

/** `AWS's list prices of eu-west-1 on 2026-11-27, in US dollars` */
export function pricesText(region: string): string {
  return `AWS's list prices of ${region} on ${priceTable.version}, in US dollars without tax`;
}

/** `5,000,000`, rounded to a whole number. */
export function grouped(value: Rational): string {
  return value.toFixed(0).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** `1,234.56`; what is there but less than a cent is `<0.01`. */
export function dollars(value: Rational): string {
  const text = value.toFixed(2);
  if (!value.isZero && /^-?0\.00$/.test(text)) return "<0.01";
  const [whole = "", cents = ""] = text.split(".");
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ",")}.${cents}`;
}
