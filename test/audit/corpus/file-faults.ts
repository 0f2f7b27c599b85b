import { adding, type Fault, gone, made, replacing } from "./fault.ts";

const service = "services/product";
const code = `${service}/src/handlers/get-product.ts`;
/** In pieces: scanners of this repository read it, too. */
const joined = (...parts: readonly string[]) => parts.join("");
const lint = ".github/workflows/lint.yml";
const checkout =
  "      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1\n";

/** What lies in the repository. */
export const fileFaults: readonly Fault[] = [
  {
    id: "secret-in-file",
    what: "a key of AWS in a handler",
    file: [code, adding(`\nexport const id = "${joined("AK", "IAQWERTZUIOPASDFGH")}";\n`)],
  },
  {
    id: "secret-in-file",
    what: "a token of GitHub in a document",
    file: ["README.md", made(`Use ${joined("gh", "p_", "a1B2c3D4e5".repeat(4).slice(0, 36))}.\n`)],
  },
  {
    id: "secret-in-file",
    what: "a password in settings",
    file: ["config/shop.yml", made("database:\n  password: Winter2026!\n")],
  },
  {
    id: "secret-in-file",
    what: "a password in a connection string",
    file: [
      "scripts/load.sh",
      made(joined("psql postgres://shop:q8J2xV5nT7", "@db.internal/shop\n")),
    ],
  },
  { id: "private-file", what: "an .env", file: [".env", made("LEVEL=debug\n")] },
  {
    id: "private-file",
    what: "a private key",
    file: ["keys/deploy.pem", made("nothing to see\n")],
  },
  {
    id: "state-in-repository",
    what: "a state",
    file: [`${service}/terraform/stacks/service/terraform.tfstate`, made("{}\n")],
  },
  { id: "lockfile-missing", what: "no lockfile", file: ["package-lock.json", gone] },
  {
    id: "lockfile-differs",
    what: "another version in package.json",
    file: ["package.json", replacing('"7.0.2"', '"7.0.3"')],
  },
  {
    id: "lockfile-differs",
    what: "a package that was never locked",
    file: [
      "package.json",
      replacing('"devDependencies": {', '"devDependencies": {\n    "vitest": "4.1.12",'),
    ],
  },
  {
    id: "lockfile-unverified",
    what: "a package from git",
    file: [
      "package-lock.json",
      replacing(
        "https://registry.example.com/zod/-/zod-4.6.7.tgz",
        "git+ssh://git@github.com/colinhacks/zod.git#1234567",
      ),
    ],
  },
  {
    id: "lockfile-unverified",
    what: "a package without a digest",
    file: ["package-lock.json", replacing(/\s*"integrity": "[^"]*",(?=\s*"license": "MIT")/, "")],
  },
  {
    id: "licence-not-allowed",
    what: "a package under the AGPL",
    file: ["package-lock.json", replacing('"license": "MIT"', '"license": "AGPL-3.0-only"')],
  },
  {
    id: "licence-missing",
    what: "no licence",
    file: ["package.json", replacing('  "license": "UNLICENSED",\n', "")],
  },
  {
    id: "dependabot-missing",
    what: "actions are not kept up to date",
    file: [
      ".github/dependabot.yml",
      replacing(/ {2}- package-ecosystem: github-actions[\s\S]*/, ""),
    ],
  },
  { id: "pre-commit-missing", what: "no hooks", file: ["lefthook.yml", gone] },
  { id: "code-owners-missing", what: "no code owners", file: [".github/CODEOWNERS", gone] },
  { id: "security-policy-missing", what: "no policy", file: ["SECURITY.md", gone] },
  { id: "not-ignored", what: ".env is not ignored", file: [".gitignore", replacing(".env\n", "")] },
  {
    id: "vulnerable-dependency",
    what: "a package with a known hole",
    advisories: {
      advisories: [
        {
          package: "zod",
          severity: "high",
          title: "Denial of service",
          url: "https://github.com/advisories/GHSA-0000-0000-0000",
          range: "<4.6.8",
          fixable: true,
        },
      ],
    },
  },
  {
    id: "unpinned",
    what: "an action by its tag",
    file: [lint, replacing(/@3d3c\S+ # v7\.0\.1/, "@v7")],
  },
  {
    id: "default-permissions",
    what: "a workflow that may do everything",
    file: [lint, replacing("permissions:\n  contents: read\n", "permissions: write-all\n")],
  },
  {
    id: "untrusted-trigger",
    what: "a stranger's code with the repository's rights",
    file: [
      ".github/workflows/label.yml",
      made(
        `on: pull_request_target\npermissions: {}\njobs:\n  label:\n    runs-on: ubuntu-24.04\n    steps:\n${checkout}        with:\n          ref: $` +
          "{{ github.event.pull_request.head.sha }}\n",
      ),
    ],
  },
  {
    id: "injection",
    what: "a title becomes a script",
    file: [lint, replacing("npm run lint", "echo $" + "{{ github.event.pull_request.title }}")],
  },
  {
    id: "long-lived-key",
    what: "a workflow uses a key of AWS",
    file: [lint, adding("        env:\n          AWS_ACCESS_KEY_ID: $" + "{{ secrets.KEY }}\n")],
  },
  {
    id: "kept-token",
    what: "a later step could push",
    file: [
      ".github/workflows/product-deploy-dev.yml",
      replacing("          persist-credentials: false\n", "          persist-credentials: true\n"),
    ],
  },
  {
    id: "permissions",
    what: "a deployment may write code",
    file: [
      ".github/workflows/product-deploy-prod.yml",
      replacing("contents: read", "contents: write"),
    ],
  },
  {
    id: "environment",
    what: "prod has no gate",
    file: [".github/workflows/product-deploy-prod.yml", replacing(/ {4}environment: prod\n/, "")],
  },
];
