import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { codeOwnersFile } from "./code-owners.ts";
import { dependabotFile } from "./dependabot.ts";
import { gitHooksFile } from "./git-hooks.ts";
import { securityPolicyFile } from "./security-policy.ts";

const site = {
  service: "services/shop",
  installation: ".",
  toolkit: "node_modules/lambdakit",
  toolkitSource: null,
  formatter: "biome",
} as const;

describe("dependabot.yml", () => {
  const shop = dependabotFile("shop", site);
  const fresh = shop.render(undefined).text;

  it("asks for packages and actions, and not before a week has passed", () => {
    const { version, updates } = parse(fresh);
    expect(version).toBe(2);
    expect(updates).toMatchObject([
      { "package-ecosystem": "npm", directory: "/", cooldown: { "default-days": 7 } },
      { "package-ecosystem": "github-actions", directory: "/", cooldown: { "default-days": 7 } },
    ]);
    const apart = dependabotFile("shop", { ...site, installation: "services/shop" });
    expect(parse(apart.render(undefined).text).updates[0].directory).toBe("/services/shop");
  });

  it("leaves derived workflows alone, of every service of the repository", () => {
    const { text, differences } = dependabotFile("orders", site).render(fresh);
    expect(differences).toEqual([
      ".github/workflows/orders-*.yml is derived, and not left out of the updates",
    ]);
    expect(parse(text).updates[1]["exclude-paths"]).toEqual([
      ".github/workflows/shop-*.yml",
      ".github/workflows/orders-*.yml",
    ]);
    expect(shop.render(text)).toEqual({ text, differences: [] });
  });

  it("stays as it is once it is right, whatever else a person has put into it", () => {
    expect(shop.render(fresh)).toEqual({ text: fresh, differences: [] });
    const own = fresh.replace("interval: weekly", "interval: daily # we have time");
    expect(shop.render(own)).toEqual({ text: own, differences: [] });
    const many = fresh.replace("directory: /\n", "directories: [/, /tools/]\n");
    expect(shop.render(many)).toEqual({ text: many, differences: [] });
  });

  it("gets what is missing, and keeps comments and other entries", () => {
    const own =
      "version: 2\nupdates:\n  # Ours.\n  - package-ecosystem: docker\n    directory: /\n    schedule: { interval: daily }\n";
    const { text, differences } = shop.render(own);
    expect(differences).toEqual([
      "there is no update of npm in /",
      "there is no update of github-actions in /",
      ".github/workflows/shop-*.yml is derived, and not left out of the updates",
    ]);
    expect(text).toContain("  # Ours.\n  - package-ecosystem: docker\n");
    expect(parse(text).updates).toHaveLength(3);
    expect(shop.render(text)).toEqual({ text, differences: [] });
  });

  it.each(["updates: [", "- a", "updates: 1"])("is refused where it cannot be read: %s", (text) => {
    expect(() => shop.render(text)).toThrow(
      expect.objectContaining({
        code: "GENERATE_UNREADABLE",
        at: expect.stringMatching(/^\.github\/dependabot\.yml(:\d+)?$/),
      }),
    );
  });
});

describe("lefthook.yml", () => {
  const { render } = gitHooksFile(site);
  const fresh = render(undefined).text;
  const namesIn = (text: string) =>
    parse(text)["pre-commit"].jobs.map((job: { name: string }) => job.name);

  it("formats where it is known with what", () => {
    expect(namesIn(fresh)).toEqual(["secrets", "format and lint"]);
    expect(namesIn(gitHooksFile({ ...site, formatter: null }).render(undefined).text)).toEqual([
      "secrets",
    ]);
  });

  it("gets its jobs where npm has put lefthook's example, which is all comments, and keeps these", () => {
    const { text } = render("# EXAMPLE USAGE:\n#\n# pre-push:\n#   jobs:\n");
    expect(text.startsWith("# EXAMPLE USAGE:\n")).toBe(true);
    expect(namesIn(text)).toEqual(namesIn(fresh));
    expect(render(text)).toEqual({ text, differences: [] });
  });

  it("looks for secrets once, whichever service asked for it first", () => {
    const orders = gitHooksFile({ ...site, service: "services/orders" });
    expect(orders.render(fresh)).toEqual({ text: fresh, differences: [] });
    expect(fresh).toContain("run: cd services/shop && npx --no-install lambdakit audit --only");
    const other = fresh.replace("private-file --quiet", "private-file --quiet || true");
    expect(render(other)).toEqual({ text: fresh, differences: ['"secrets" has another run'] });
  });

  it("stays as it is once it is right, with what a person has said of a job", () => {
    expect(render(fresh)).toEqual({ text: fresh, differences: [] });
    const skipped = fresh.replace("stage_fixed: true", "stage_fixed: true\n      skip: [merge]");
    expect(render(skipped)).toEqual({ text: skipped, differences: [] });
  });

  it("gets its jobs back, beside those of a person", () => {
    const own = "# Ours.\npre-commit:\n  jobs:\n    - run: npm run spell\n";
    const { text, differences } = render(own);
    expect(differences).toEqual(['there is no job "secrets"', 'there is no job "format and lint"']);
    expect(text).toContain("# Ours.\n");
    expect(parse(text)["pre-commit"].jobs).toMatchObject([
      { run: "npm run spell" },
      { name: "secrets" },
      { name: "format and lint" },
    ]);
    const edited = fresh.replace("biome check", "biome lint");
    expect(render(edited)).toEqual({
      text: fresh,
      differences: ['"format and lint" has another run'],
    });
  });
});

describe("CODEOWNERS", () => {
  const shop = codeOwnersFile("shop", "services/shop", ["@acme/shop", "@ann"]);
  const fresh = shop.render(undefined).text;
  const rules = (text: string) => text.split("\n").filter((line) => /^[^#]/.test(line));

  it("names the owners of the service's folder, of its workflows and of itself", () => {
    expect(rules(fresh)).toEqual([
      "/services/shop/ @acme/shop @ann",
      "/.github/workflows/shop-*.yml @acme/shop @ann",
      "/.github/CODEOWNERS @acme/shop @ann",
    ]);
    const alone = codeOwnersFile("shop", ".", ["@acme/shop"]);
    expect(rules(alone.render(undefined).text)).toEqual(["* @acme/shop"]);
  });

  it("has the lines of each service of a repository", () => {
    const orders = codeOwnersFile("orders", "services/orders", ["@acme/orders"]);
    const { text } = orders.render(fresh);
    expect(rules(text)).toHaveLength(5);
    expect(text).toContain("/.github/CODEOWNERS @acme/shop @ann\n");
    for (const file of [shop, orders]) expect(file.render(text)).toEqual({ text, differences: [] });
  });

  it("gets owners back that were changed, and loses those that service.ts has no more", () => {
    const other = fresh.replace("/services/shop/ @acme/shop @ann", "/services/shop/   @bob # him");
    expect(shop.render(other)).toEqual({
      text: fresh,
      differences: ["line 2 names other owners: /services/shop/   @bob # him"],
    });
  });

  it("leaves what a person says of a part in force: the last line that fits counts", () => {
    const own = "# Ours.\n* @acme/all\n\n/services/shop/src/prices/ @acme/finance\n";
    const { text, differences } = shop.render(own);
    expect(differences).toHaveLength(3);
    expect(rules(text)).toEqual([
      "* @acme/all",
      "/services/shop/ @acme/shop @ann",
      "/.github/workflows/shop-*.yml @acme/shop @ann",
      "/.github/CODEOWNERS @acme/shop @ann",
      "/services/shop/src/prices/ @acme/finance",
    ]);
    expect(shop.render(text)).toEqual({ text, differences: [] });
  });
});

describe("SECURITY.md", () => {
  it("is written where there is none, and is the people's from then on", () => {
    const { text } = securityPolicyFile.render(undefined);
    expect(text).toContain("Report a vulnerability");
    for (const own of [text, "Ours.\n", ""]) {
      expect(securityPolicyFile.render(own)).toEqual({ text: own, differences: [] });
    }
  });
});
