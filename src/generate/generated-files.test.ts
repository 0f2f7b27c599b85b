import { describe, expect, it } from "vitest";
import productDefinition from "../../services/product/service.ts";
import { environmentNames, validateManifest } from "../manifest/index.ts";
import { planService } from "../plan/index.ts";
import { generatedFiles, type Site } from "./index.ts";

const validation = validateManifest(productDefinition);
if (!validation.ok) throw new Error("the Product service has problems");
const { manifest } = validation;
const plans = environmentNames.map((name) => planService(manifest, name));
const site: Site = {
  service: "services/product",
  installation: ".",
  toolkit: "node_modules/lambdakit",
  toolkitSource: ".",
  formatter: "biome",
};

// biome-ignore lint/suspicious/noTemplateCurlyInString: the editor fills it in.
const workspace = "${workspaceFolder}";

function launchFile(where: Site = site) {
  const [file] = generatedFiles(manifest, plans, where);
  if (file === undefined) throw new Error("nothing is generated");
  return file;
}
const render = (current?: string) => launchFile().render(current);
const fresh = render().text;
const names = ["lambdakit: product", "lambdakit: product (attach)"];

describe("the generated .vscode/launch.json", () => {
  it("starts dev for the service under the debugger, or attaches to one that runs", () => {
    expect(launchFile().path).toBe(".vscode/launch.json");
    const debugging = {
      cwd: `${workspace}/services/product`,
      sourceMaps: true,
      outFiles: [`${workspace}/services/product/.lambdakit/build/**/*.mjs`],
      pauseForSourceMap: true,
      skipFiles: ["<node_internals>/**", "**/node_modules/**"],
    };
    expect(JSON.parse(fresh)).toEqual({
      version: "0.2.0",
      configurations: [
        {
          name: "lambdakit: product",
          type: "node",
          request: "launch",
          program: `${workspace}/node_modules/lambdakit/dist/cli/bin.js`,
          args: ["dev", "--inspect", "0"],
          console: "integratedTerminal",
          killBehavior: "polite",
          ...debugging,
        },
        {
          name: "lambdakit: product (attach)",
          type: "node",
          request: "attach",
          address: "127.0.0.1",
          port: 9229,
          ...debugging,
        },
      ],
    });
  });

  it("names the service's own folder where that is what an editor opens", () => {
    const { text } = launchFile({ ...site, service: "." }).render(undefined);
    expect(JSON.parse(text).configurations[0]).toMatchObject({
      cwd: workspace,
      outFiles: [`${workspace}/.lambdakit/build/**/*.mjs`],
    });
  });

  it("stays as it is, once it is right", () => {
    expect(render(fresh)).toEqual({ text: fresh, differences: [] });
    const compact = JSON.stringify(JSON.parse(fresh));
    expect(render(compact)).toEqual({ text: compact, differences: [] });
  });

  it("is written anew where it is empty", () => {
    const differences = names.map((name) => `there is no "${name}"`);
    expect(render("\n")).toEqual({ text: fresh, differences });
    expect(render()).toEqual({ text: fresh, differences });
  });
});

describe("a launch.json that a person has written", () => {
  const written = `{
\t// Ours.
\t"version": "0.2.0",
\t"configurations": [
\t\t{ "name": "mine", "type": "node" }, // the best
\t\t/* and the last */
\t],
\t"compounds": [],
}
`;

  it("keeps every byte, and gets the configurations at the end, in its own style", () => {
    const { text, differences } = render(written);
    expect(differences).toEqual(names.map((name) => `there is no "${name}"`));
    const [before, after] = text.split(
      /\n\t\t\{\n\t\t\t"name": "lambdakit: product",[\s\S]*\n\t\t\}(?=\n)/,
    );
    expect(`${before}${after}`).toBe(written);
    expect(render(text)).toEqual({ text, differences: [] });
  });

  it.each([
    ["without a list", "{}"],
    ["with other keys only", '{ "version": "0.2.0" }'],
    ["with an empty list", '{"configurations": []}'],
    ["with a list on one line", '{"configurations": [{"name": "mine"}]}'],
    ["with a comment at the end of the list", '{"configurations": [\n{"name": "mine"} // last\n]}'],
    ["with names that have no quotes", "{configurations: [{name: 'mine'}, null, ...[]]}"],
    ["with line ends of Windows", '{\r\n  "configurations": [\r\n  ]\r\n}\r\n'],
  ])("gets the configurations %s", (_, source) => {
    const { text, differences } = render(source);
    expect(differences).toHaveLength(2);
    expect(render(text)).toEqual({ text, differences: [] });
    expect(text.includes("\r")).toBe(source.includes("\r"));
    expect(text.replaceAll("\r\n", "").includes("\n")).toBe(!source.includes("\r"));
    for (const word of source.match(/mine|last|version/g) ?? []) expect(text).toContain(word);
  });

  it("gets back what is not as it should be in ours, and keeps what was added to them", () => {
    const changed = fresh
      .replace('"sourceMaps": true,', '"sourceMaps": false, "env": { "A": "1" }, // mine')
      .replace(/"args": \[[^\]]*\]/, '"args": ["dev"]')
      .replace('      "killBehavior": "polite",\n', "");
    const { text, differences } = render(changed);
    expect(differences).toEqual([
      '"lambdakit: product" has another args',
      '"lambdakit: product" has another sourceMaps',
      '"lambdakit: product" has no killBehavior',
    ]);
    expect(text).toContain('"sourceMaps": true, "env": { "A": "1" }, // mine');
    expect(text).toContain('      "killBehavior": "polite"\n    }');
    expect(render(text)).toEqual({ text, differences: [] });
  });

  it("gets back what was made into something else", () => {
    const changed = fresh.replace(/"args": \[[^\]]*\]/, '"args": { "port": 0 }');
    expect(render(changed)).toEqual({
      text: render(changed.replace(/"args": \{[^}]*\}/, '"args": []')).text,
      differences: ['"lambdakit: product" has another args'],
    });
    expect(JSON.parse(render(changed).text)).toEqual(JSON.parse(fresh));
    const twoPorts = fresh.replace('"port": 9229', '"port": [9229]');
    expect(render(twoPorts)).toEqual({
      text: fresh,
      differences: ['"lambdakit: product (attach)" has another port'],
    });
  });

  it("takes the last of two keys of one name, as editors do", () => {
    const twice = fresh.replace('"port": 9229', '"port": 1, "port": 9229');
    expect(render(twice)).toEqual({ text: twice, differences: [] });
  });

  it.each([
    ['{\n  "version": }', ".vscode/launch.json:2:14", "Unexpected token."],
    ["[]", ".vscode/launch.json:1:1", "It is no object"],
    ['{\n "configurations": 1 }', ".vscode/launch.json:2:20", '"configurations" is no list.'],
  ])("is refused with its place where it cannot be read: %j", (source, at, message) => {
    expect(() => render(source)).toThrow(
      expect.objectContaining({
        code: "GENERATE_UNREADABLE",
        at,
        message: expect.stringContaining(message),
      }),
    );
  });
});

describe("the generated variables of Terraform", () => {
  const [, dev, sit, prod, standby] = generatedFiles(manifest, plans, site);
  const fresh = dev?.render(undefined).text ?? "";
  const changed = (change: (variables: Record<string, unknown>) => void) => {
    const variables = JSON.parse(fresh);
    change(variables);
    return `${JSON.stringify(variables, null, 2)}\n`;
  };

  it("are a file for each environment and where one stands by, beside service.ts", () => {
    expect([dev, sit, prod, standby].map((file) => file?.path)).toEqual([
      "services/product/terraform/environments/dev.tfvars.json",
      "services/product/terraform/environments/sit.tfvars.json",
      "services/product/terraform/environments/prod.tfvars.json",
      "services/product/terraform/environments/prod-standby.tfvars.json",
    ]);
    const [, alone] = generatedFiles(manifest, plans, { ...site, service: "." });
    expect(alone?.path).toBe("terraform/environments/dev.tfvars.json");
  });

  it("stay as they are when they are right", () => {
    expect(dev?.render(fresh)).toEqual({ text: fresh, differences: [] });
    expect(dev?.render(undefined).differences).toEqual(["there is no such file"]);
  });

  it("say which variable is not as service.ts has it, and are written anew", () => {
    const current = changed((variables) => {
      delete variables.tags;
      variables.region = "eu-west-2";
      variables.colour = "red";
    });
    expect(dev?.render(current)).toEqual({
      text: fresh,
      differences: ["colour is no variable", "region differs", "there is no tags"],
    });
  });

  it("are written anew where they are no JSON, or laid out otherwise", () => {
    for (const current of ["{", "null", "12"]) {
      expect(dev?.render(current)).toEqual({ text: fresh, differences: ["it is not JSON"] });
    }
    expect(dev?.render(JSON.stringify(JSON.parse(fresh)))).toEqual({
      text: fresh,
      differences: ["it is laid out otherwise"],
    });
  });
});

describe("the generated workflows", () => {
  const all = generatedFiles(manifest, plans, site);
  const prod = all.find(({ path }) => path === ".github/workflows/product-deploy-prod.yml");
  const render = (current?: string) => prod?.render(current);
  const fresh = render()?.text ?? "";

  it("stay as they are when they are right", () => {
    expect(render(fresh)).toEqual({ text: fresh, differences: [] });
    expect(render()?.differences).toEqual(["there is no such file"]);
  });

  it("say which lines were edited, and are written anew", () => {
    const edited = fresh.replace("environment: prod\n", "environment: other\n");
    expect(render(edited)).toEqual({
      text: fresh,
      differences: ["line 129 is not as it is derived: environment: other"],
    });
    expect(render(fresh.replace("    needs: plan\n", ""))).toEqual({
      text: fresh,
      differences: ["lines are missing, or in another order"],
    });
    const old = fresh.replaceAll("ubuntu", "debian");
    expect(render(old)?.differences).toEqual([
      "line 36 is not as it is derived: runs-on: debian-24.04",
      expect.anything(),
      expect.anything(),
    ]);
    expect(render(fresh.replaceAll(":", " :"))?.differences).toEqual([
      expect.stringMatching(/^\d+ lines are/),
    ]);
  });

  it("stay, where somebody has made one their own", () => {
    const [, , ...rest] = fresh.replace("environment: prod\n", "environment: other\n").split("\n");
    const own = rest.join("\n");
    expect(render(own)).toEqual({
      text: own,
      differences: ["it does not begin as a derived one does: it is yours, and was left as it is"],
    });
  });
});
