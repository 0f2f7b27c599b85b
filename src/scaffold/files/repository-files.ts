import type { ServiceSpec } from "../service-spec.ts";
import { jsonText } from "./json-text.ts";

/** The version of each package that a new service is made with: those that the toolkit is tested with. */
export type Versions = Readonly<Record<string, string>>;

/** The packages that ship with its functions, and those that do not. */
const packages = {
  dependencies: ["@aws-sdk/client-dynamodb", "@aws-sdk/lib-dynamodb", "lambdakit", "zod"],
  devDependencies: ["@biomejs/biome", "@types/node", "lefthook", "typescript", "vitest"],
} as const;

/** What a repository needs that has one service and nothing else. */
export function repositoryFiles(spec: ServiceSpec, versions: Versions): Map<string, string> {
  return new Map([
    [".editorconfig", editorConfig],
    [".gitignore", gitIgnore],
    [".nvmrc", "20\n"],
    [".vscode/settings.json", jsonText(editorSettings)],
    ["biome.json", jsonText(biome)],
    ["package.json", jsonText(packageJson(spec, versions))],
    ["tsconfig.json", jsonText(tsconfig)],
    ...testSetUp,
  ]);
}

function packageJson({ name, description }: ServiceSpec, versions: Versions) {
  const pinned = (names: readonly string[]) =>
    Object.fromEntries(names.map((one) => [one, versions[one]]));
  return {
    name,
    version: "0.1.0",
    private: true,
    description,
    license: "UNLICENSED",
    type: "module",
    engines: { node: ">=20.19" },
    scripts: {
      start: "lambdakit dev",
      pretest: "npm run check",
      test: "vitest run",
      check: "biome ci . && tsc",
      fix: "biome check --write .",
    },
    dependencies: pinned(packages.dependencies),
    devDependencies: pinned(packages.devDependencies),
  };
}

const tsconfig = {
  compilerOptions: {
    target: "es2023",
    lib: ["es2023"],
    module: "nodenext",
    types: ["node"],
    noEmit: true,
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    noImplicitOverride: true,
    noImplicitReturns: true,
    noFallthroughCasesInSwitch: true,
    noUnusedLocals: true,
    noUnusedParameters: true,
    verbatimModuleSyntax: true,
    erasableSyntaxOnly: true,
    allowImportingTsExtensions: true,
    skipLibCheck: true,
  },
  include: ["service.ts", "src", "tests", "*.config.ts"],
};

const biome = {
  $schema: "./node_modules/@biomejs/biome/configuration_schema.json",
  files: {
    includes: [
      "**",
      "!**/coverage",
      "!**/.lambdakit",
      "!**/terraform",
      "!.vscode",
      "!package-lock.json",
    ],
  },
  formatter: { indentStyle: "space", indentWidth: 2, lineWidth: 100 },
  linter: {
    enabled: true,
    rules: {
      preset: "recommended",
      style: {
        useNodejsImportProtocol: "error",
        useImportType: "error",
        noNonNullAssertion: "error",
        noRestrictedImports: {
          level: "error",
          options: {
            paths: {
              zod: {
                allowImportNames: ["*"],
                message:
                  'Write `import * as z from "zod"`: a named import keeps all of zod in the artifact.',
              },
            },
          },
        },
      },
      correctness: {
        noUnusedImports: "error",
        noUnusedVariables: "error",
        useImportExtensions: { level: "error", options: { forceJsExtensions: false } },
      },
      suspicious: { noExplicitAny: "error", noConsole: "error" },
      nursery: { noFloatingPromises: "error" },
    },
  },
  assist: { actions: { source: { organizeImports: "on" } } },
};

const editorSettings = {
  "editor.defaultFormatter": "biomejs.biome",
  "editor.formatOnSave": true,
  "editor.codeActionsOnSave": { "source.organizeImports.biome": "explicit" },
};

const editorConfig = `root = true

[*]
charset = utf-8
end_of_line = lf
indent_style = space
indent_size = 2
insert_final_newline = true
trim_trailing_whitespace = true
max_line_length = 100

[*.md]
trim_trailing_whitespace = false
`;

const gitIgnore = `node_modules/
dist/
coverage/
.lambdakit/
*.log
.terraform/
.terraform.lock.hcl
*.tfplan
*.tfstate
*.tfstate.*
.env
`;

const engine = `/** One DynamoDB engine for the whole test run. */
export { startTestEngine as setup } from "lambdakit/testing";
`;

const vitestConfig = `import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    globalSetup: "tests/engine.ts",
    pool: "threads",
    isolate: false,
    // Several handlers, tables and servers at once, on whatever machine this is.
    testTimeout: 30_000,
    // Tests run on this machine's Node.js, functions on Lambda's: the SDK's advice is not for them.
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" },
  },
});
`;

/** What starts a table engine for tests. */
export const testSetUp = new Map([
  ["tests/engine.ts", engine],
  ["vitest.config.ts", vitestConfig],
]);
