import type { Site } from "./generated-file.ts";

/** One way to start debugging, as `.vscode/launch.json` has it. */
export interface LaunchConfiguration {
  readonly name: string;
  readonly [key: string]: string | number | boolean | readonly string[];
}

/** Node.js's own, and so the editors'. @see https://nodejs.org/api/cli.html#--inspecthostport */
const debuggerPort = 9229;

// biome-ignore lint/suspicious/noTemplateCurlyInString: the editor fills it in.
const workspace = "${workspaceFolder}";

/**
 * How an editor debugs a service: by starting `lambdakit dev`, or in one that runs with `--inspect`.
 *
 * @see https://github.com/microsoft/vscode-js-debug/blob/main/OPTIONS.md
 */
export function launchConfigurations(
  service: string,
  { service: folder, toolkit }: Site,
): readonly LaunchConfiguration[] {
  const inWorkspace = (path: string) => (path === "." ? workspace : `${workspace}/${path}`);
  const cwd = inWorkspace(folder);
  const debugging = {
    cwd,
    sourceMaps: true,
    // Bundles, whose maps lead to the service's source; their names change with every save.
    outFiles: [`${cwd}/.lambdakit/build/**/*.mjs`],
    // So that breakpoints are there before a new bundle runs.
    pauseForSourceMap: true,
    skipFiles: ["<node_internals>/**", "**/node_modules/**"],
  };
  return [
    {
      name: `lambdakit: ${service}`,
      type: "node",
      request: "launch",
      program: inWorkspace(`${toolkit}/dist/cli/bin.js`),
      args: ["dev", "--inspect", "0"],
      console: "integratedTerminal",
      // SIGTERM and not SIGKILL: dev stops what it has started.
      killBehavior: "polite",
      ...debugging,
    },
    {
      name: `lambdakit: ${service} (attach)`,
      type: "node",
      request: "attach",
      address: "127.0.0.1",
      port: debuggerPort,
      ...debugging,
    },
  ];
}
