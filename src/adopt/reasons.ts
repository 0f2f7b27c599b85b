import { lastKey, type Reason } from "./source/ledger.ts";
import type { Tree } from "./source/tree.ts";

const ownTerraform =
  "keep it in a stack of its own, or in Terraform of yours (lambdakit eject --only terraform)";
const unused = { why: "nothing that was carried over uses it", instead: "nothing" };
const noEvents = {
  why: "functions of a manifest are called by routes, or directly",
  instead: `write what calls it as Terraform of yours (lambdakit eject --only terraform)`,
};
const noAuthorizer = {
  why: "callers are checked by lambdakit's own authorizer, for scopes of JSON Web Tokens",
  instead: "write auth of the function's routes, and jwt of each environment",
};
const isDerived = { why: "lambdakit names it itself", instead: "nothing: lambdakit explain" };
const ownRoles = {
  why: "each function gets a role of its own, with its grants and nothing else",
  instead: "see that tables of the function has all that it needs",
};

/** By the last key of its path. */
const byKey: Readonly<Record<string, Reason>> = {
  ...named(["Layers", "layers"], {
    why: "a function's packages are bundled with it",
    instead: "import what was in the layer, from npm or from the service's own code",
  }),
  ...named(["VpcConfig", "vpc", "VPCConfig"], {
    why: "functions of a manifest are in no VPC: tables and secrets need none",
    instead: "a function that needs one stays where it is, or its vpc_config is Terraform of yours",
  }),
  ...named(["ImageUri", "ImageConfig", "PackageType", "image", "ecr"], {
    why: "functions of a manifest are zips, not containers",
    instead: "bundle the code; a function that needs its container stays where it is",
  }),
  ...named(["AutoPublishAlias", "AutoPublishCodeSha256", "versionFunctions"], {
    why: "each release is a version, and callers have the alias live",
    instead: "nothing",
  }),
  ...named(["DeploymentPreference", "deploymentSettings"], {
    why: "traffic is moved by lambdakit, over all functions together",
    instead: "lambdakit promote --canary, and rollback",
  }),
  ...named(["ProvisionedConcurrencyConfig", "provisionedConcurrency", "SnapStart", "snapStart"], {
    why: "nothing is kept warm",
    instead: "see whether cold starts are short enough: lambdakit metrics",
  }),
  ...named(["FunctionUrlConfig", "url"], {
    why: "functions are called by routes of the API",
    instead: "give the function a route",
  }),
  ...named(
    ["FunctionName", "name", "deploymentBucket", "stackName", "apiName", "iamRoleStatementsName"],
    isDerived,
  ),
  ...named(["Role", "role", "RolePath", "PermissionsBoundary", "managedPolicies"], ownRoles),
  ...named(["DeadLetterQueue", "onError", "EventInvokeConfig", "destinations"], {
    why: "functions are called for an answer, and not by events",
    instead: noEvents.instead,
  }),
  ...named(["FileSystemConfigs", "fileSystemConfig"], {
    why: "functions have /tmp, and no other file system",
    instead: "keep the data in a table; what needs a file system stays where it is",
  }),
  ...named(["KmsKeyArn", "kmsKeyArn", "awsKmsKeyArn"], {
    why: "variables of functions hold nothing secret",
    instead: "put secrets into secrets",
  }),
  ...named(["Auth", "authorizer", "authorizers", "Authorizers", "DefaultAuthorizer"], noAuthorizer),
  ...named(["ApiKeyRequired", "apiKeys", "usagePlan", "private", "UsagePlan"], {
    why: "API keys say who calls, and let nobody in or out",
    instead: "write auth of the routes, and throttling of the function or the API",
  }),
  ...named(
    ["RequestModel", "RequestParameters", "request", "Models", "response", "requestTemplates"],
    {
      why: "what a route takes is stated once, in schemas of its function",
      instead: "write schemas of the function",
    },
  ),
  ...named(["integration", "Integration", "async", "transferMode"], {
    why: "API Gateway hands each request to the function as it is, and waits for the answer",
    instead: "answer in the function",
  }),
  ...named(["DefinitionBody", "DefinitionUri"], {
    why: "the API's document is derived from the routes of functions",
    instead: "add its routes to functions in service.ts, their schemas with them",
  }),
  ...named(["Domain", "customDomain", "EndpointConfiguration", "endpointType"], {
    why: "the API has the address that API Gateway gives it, in its region",
    instead: `a domain is ${ownTerraform.replace("keep it", "kept")}`,
  }),
  ...named(["AccessLogSetting", "MethodSettings", "restApi", "GatewayResponses", "logs"], {
    why: "every API has access logs, metrics and limits as api says",
    instead: "see api.throttling, and lambdakit logs",
  }),
  ...named(["StreamSpecification", "KinesisStreamSpecification"], {
    why: "tables of a manifest have no stream",
    instead: ownTerraform,
  }),
  ...named(["LocalSecondaryIndexes"], {
    why: "indexes of a manifest are global",
    instead:
      "make it a global one under indexes, with the table's partition key; it is not strongly consistent",
  }),
  ...named(["Replicas", "ReplicationSpecification"], {
    why: "a table stands in the region of its environment",
    instead: "write recoveryRegion of the environment",
  }),
  ...named(["plugins"], {
    why: "lambdakit has no plugins: packaging, offline work and pruning are commands",
    instead: "lambdakit dev, package, deploy",
  }),
  ...named(["custom"], unused),
  ...named(["package", "build", "Metadata", "BuildMethod", "BuildProperties"], {
    why: "a function is its entry and what that imports: nothing is chosen by hand",
    instead: "nothing; a file that is read at run time has to be imported",
  }),
  ...named(["InlineCode"], {
    why: "code of a manifest's function is in a file",
    instead: "write it into the function's entry",
  }),
  ...named(["VersionDescription", "VersionDeletionPolicy", "RuntimeManagementConfig"], {
    why: "each release is a version, and AWS patches its runtime",
    instead: "nothing",
  }),
  ...named(["OpenApiVersion", "FailOnWarnings", "MergeDefinitions"], {
    why: "the API's document is derived from the routes of functions",
    instead: "nothing",
  }),
  ...named(["DeletionPolicy", "UpdateReplacePolicy"], {
    why: "tables of prod are protected, and those of dev and sit are not",
    instead: "nothing",
  }),
  ...named(["AllowCredentials", "allowCredentials", "allowedCredentials"], {
    why: "browsers are not asked for cookies",
    instead: "send a token in the header Authorization",
  }),
  ...named(["profile"], {
    why: "credentials are those of whoever runs a command",
    instead: "AWS_PROFILE=NAME lambdakit deploy",
  }),
  ...named(["KMSMasterKeyId", "SSEType"], {
    why: "tables are encrypted with AWS's key for DynamoDB",
    instead: "a key of your own is Terraform of yours (lambdakit eject --only terraform)",
  }),
  ...named(["Name"], isDerived),
  ...named(["Outputs"], {
    why: "what a service tells others is derived: its URL, its functions, its tables",
    instead: "lambdakit status --json",
  }),
  ...named(["Conditions", "Condition", "Rules"], {
    why: "the three environments have the same shape",
    instead: "what differs is written under environments, as sizes",
  }),
  ...named(["DependsOn"], { why: "the order follows from what needs what", instead: "nothing" }),
  ...named(["Description"], {
    why: "the manifest has descriptions of its own",
    instead: "nothing",
  }),
  ...named(["Tags", "tags"], {
    why: "tags are the service's, and on all that it has",
    instead: "write it under tags in service.ts",
  }),
  ...named(["Parameters", "Mappings", "params", "stages"], unused),
  ...named(
    [
      "useDotenv",
      "configValidationMode",
      "deprecationNotificationMode",
      "frameworkVersion",
      "variablesResolutionMode",
      "disabledDeprecations",
      "variableSyntax",
      "lambdaHashingVersion",
      "deploymentMethod",
    ],
    {
      why: "it is about the tool that reads the file",
      instead: "nothing",
    },
  ),
  ...named(["app", "org", "licenseKey", "dashboard", "console", "tenant"], {
    why: "it is about Serverless's dashboard",
    instead: "lambdakit status, metrics and alarms",
  }),
};

const byType: readonly (readonly [RegExp, Reason])[] = [
  [
    /^AWS::(?:SQS|SNS|Events|Scheduler|Pipes|Kinesis|KinesisFirehose|MSK)::/,
    { why: "a manifest has no queues, topics, streams or buses", instead: ownTerraform },
  ],
  [
    /^AWS::Serverless::(?:StateMachine)|^AWS::StepFunctions::/,
    {
      why: "a manifest has no state machines",
      instead: `${ownTerraform}; it may call the functions by their alias live`,
    },
  ],
  [/^AWS::S3::/, { why: "a manifest has no buckets", instead: ownTerraform }],
  [
    /^AWS::Cognito::/,
    {
      why: "who issues tokens is not the service's",
      instead: "keep it in a stack of its own, and name it in jwt of each environment",
    },
  ],
  [/^AWS::IAM::/, ownRoles],
  [
    /^AWS::Serverless::LayerVersion|^AWS::Lambda::LayerVersion/,
    {
      why: "a function's packages are bundled with it",
      instead: "import what was in the layer, from npm or from the service's own code",
    },
  ],
  [
    /^AWS::Logs::/,
    { why: "each function has its log group, kept for logRetentionDays", instead: "nothing" },
  ],
  [
    /^AWS::CloudWatch::/,
    {
      why: "alarms and the dashboard are derived",
      instead: "write other thresholds under alarms in service.ts",
    },
  ],
  [
    /^AWS::Serverless::WebSocketApi|^AWS::ApiGatewayV2::/,
    { why: "the API of a manifest answers requests, over HTTP", instead: ownTerraform },
  ],
  [
    /^AWS::ApiGateway::|^AWS::Serverless::(?:Api|HttpApi)/,
    {
      why: "a service has one API, which is derived from its routes",
      instead: "nothing, if the routes are there; else add them to functions",
    },
  ],
  [/^AWS::Lambda::(?:Permission|Version|Alias|EventSourceMapping|EventInvokeConfig)/, noEvents],
  [
    /^AWS::Lambda::/,
    { why: "it is not written as a function of SAM", instead: "add it to functions in service.ts" },
  ],
  [
    /^AWS::(?:SSM|SecretsManager)::/,
    {
      why: "a manifest has secrets, and no other parameters",
      instead:
        "a secret: secrets in service.ts; anything else: Terraform of yours (lambdakit eject --only terraform)",
    },
  ],
  [
    /^AWS::(?:EC2|RDS|ElastiCache|OpenSearchService|Elasticsearch|ECS|ElasticLoadBalancingV2)::/,
    {
      why: "a manifest has functions and tables, and no networks or servers",
      instead: ownTerraform,
    },
  ],
  [
    /^Custom::|^AWS::CloudFormation::/,
    {
      why: "it is code that runs while CloudFormation does",
      instead: "do it once by hand, or as Terraform of yours (lambdakit eject --only terraform)",
    },
  ],
];

/** Of resources and events whose type nothing else says more of. */
export function typeReason(type: string): Reason {
  const found = byType.find(([pattern]) => pattern.test(type));
  return (
    found?.[1] ?? { why: "a manifest has functions, routes and tables", instead: ownTerraform }
  );
}

/** Of an event that is no route. */
export function eventReason(type: string): Reason {
  const isRequest = /^(?:websocket|alb|websocketapi|cloudFront)$/i.test(type);
  return isRequest ? { ...noEvents, why: "requests come over the REST API" } : noEvents;
}

/**
 * What is said of a part that no reader knows.
 *
 * @param main the file that is adopted: of one that it includes, only what is of use was asked for
 */
export function reasonFor(tree: Tree, main: string): Reason {
  const own = byKey[lastKey(tree.path)];
  if (own !== undefined) return own;
  if (tree.kind === "scalar" && tree.text?.includes("${")) {
    return {
      why: "what it stands for is not in the file, or is a program",
      instead: "write it out (npx serverless print shows it), and adopt again",
    };
  }
  if (tree.place.file !== main) return unused;
  for (const section of tree.path.split(".").slice(0, -1)) {
    const reason = sections.includes(section) ? byKey[section] : undefined;
    if (reason !== undefined) return reason;
  }
  return {
    why: "a manifest has nothing that says it",
    instead: "see what it does for the service",
  };
}

/** Whose reason is that of everything in them. */
const sections = [
  "custom",
  "Outputs",
  "Conditions",
  "Rules",
  "Parameters",
  "package",
  "build",
  "Metadata",
  "plugins",
  "authorizers",
  "Auth",
  "request",
  "logs",
  "vpc",
  "VpcConfig",
  "BuildProperties",
];

function named(keys: readonly string[], reason: Reason): Record<string, Reason> {
  return Object.fromEntries(keys.map((key) => [key, reason]));
}
