/** A command as a tool: what of it is offered. What is not named here is not there. */
export interface Offer {
  readonly command: string;
  /** Whether it may change something, be it files of the service. */
  readonly changes: boolean;
  /** Of its options, those that whoever calls it may give. */
  readonly options: readonly string[];
  /** Options that it always has, as they are written. */
  readonly fixed?: readonly string[];
  /** Which environments it may be about. @default those of its option `env` */
  readonly environments?: readonly string[];
  /** Whether it takes arguments. @default false */
  readonly takesArguments?: boolean;
}

const belowProduction = ["dev", "sit"];

/** They look at PROD, too, and change nothing anywhere. */
const reading: readonly Offer[] = [
  { command: "explain", changes: false, options: ["env", "standby"] },
  { command: "doctor", changes: false, options: [] },
  { command: "generate", changes: false, options: [], fixed: ["--check"] },
  { command: "audit", changes: false, options: ["env", "all", "profile", "only", "severity"] },
  { command: "status", changes: false, options: ["env", "profile", "since"] },
  {
    command: "logs",
    changes: false,
    options: ["env", "profile", "since", "until", "filter", "level", "request-id", "limit"],
  },
  {
    command: "metrics",
    changes: false,
    options: ["env", "profile", "metric", "by", "statistic", "since", "until", "period"],
  },
  {
    command: "alarms",
    changes: false,
    options: ["env", "profile", "history"],
    takesArguments: true,
  },
  { command: "cost", changes: false, options: ["env", "requests", "log-size", "free-tier"] },
  { command: "releases", changes: false, options: ["env", "standby"], takesArguments: true },
];

/**
 * They change files, DEV or SIT. None has an option that leads elsewhere: no URL, no folder, no environment
 * above.
 */
const changing: readonly Offer[] = [
  { command: "package", changes: true, options: ["why", "no-cache"] },
  { command: "plan", changes: true, options: ["env"], environments: belowProduction },
  {
    command: "deploy",
    changes: true,
    options: ["env", "saved", "canary"],
    environments: ["dev"],
  },
  {
    command: "promote",
    changes: true,
    options: ["release", "dry-run", "canary", "confirm"],
    fixed: ["--from=dev", "--to=sit"],
  },
  {
    command: "rollback",
    changes: true,
    options: ["env", "to", "dry-run", "confirm"],
    environments: belowProduction,
  },
  {
    command: "verify",
    changes: true,
    options: ["env", "no-round-trip"],
    environments: belowProduction,
  },
  {
    command: "invoke",
    changes: true,
    options: ["env", "event", "data", "dry-run", "confirm"],
    environments: [...belowProduction, "local"],
    takesArguments: true,
  },
];

/**
 * The commands that are tools. A new one is none until it stands here, and one that changes PROD never does.
 *
 * @param allowChanges whether those are among them that change something
 */
export function offers(allowChanges: boolean): readonly Offer[] {
  return allowChanges ? [...reading, ...changing] : reading;
}
