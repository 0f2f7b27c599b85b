import path from "node:path";
import type { TokenAnswer } from "../../answers/index.ts";
import { localToken, runningPort, usualPort } from "../../dev/index.ts";
import { exitCodes, LambdakitError } from "../../errors/index.ts";
import { parseSpan } from "../../observe/index.ts";
import { loadService } from "../../package/index.ts";
import { planService } from "../../plan/index.ts";
import { answerJson } from "../answer-json.ts";
import type { Command, Input } from "../command.ts";
import { readPort } from "../port-option.ts";

export const token: Command = {
  name: "token",
  summary: "print a token that the local service believes",
  description:
    "Signs a token for routes that ask for scopes, as the issuer of lambdakit dev. It is the answer, and nothing else is on stdout. Its key is made once, lies in .lambdakit/, and is this machine's user's alone; no environment in AWS believes it. dev need not run. A token names the port that it is for: that of the dev that runs here, or else 3000.",
  examples: [
    "TOKEN=$(lambdakit token)",
    "lambdakit token --scope products:write --subject me --expires 8h",
    "lambdakit token --scope other:scope --json",
    "lambdakit token --rotate-key",
  ],
  options: {
    scope: {
      type: "text",
      placeholder: "SCOPES",
      description: "what it allows, separated by spaces; otherwise all scopes of service.ts",
    },
    subject: {
      type: "text",
      placeholder: "NAME",
      description: "who the caller is",
      default: "developer",
    },
    audience: {
      type: "text",
      placeholder: "NAME",
      description: "whom it is for; otherwise the first audience of the dev environment",
    },
    expires: {
      type: "text",
      placeholder: "TIME",
      description: "how long it is good for, such as 90s, 15m or 8h",
      default: "1h",
    },
    port: {
      type: "integer",
      placeholder: "N",
      description: "the port of a dev that keeps no data, and so cannot be found",
    },
    "rotate-key": {
      type: "flag",
      description: "sign with a new key: tokens from before are worth nothing then",
    },
  },
  arguments: [],

  async run(input, { terminal }) {
    const { manifest, directory } = await loadService(input.text("service") ?? ".");
    const home = path.join(directory, ".lambdakit");
    const port = readPort(input, "port", usualPort) ?? (await runningPort(home)) ?? usualPort;
    const { token, ...claims } = await localToken(home, port, planService(manifest, "dev").api, {
      scopes: readScopes(input),
      subject: input.text("subject"),
      audience: input.text("audience"),
      expiresInSeconds: readExpiry(input),
      rotateKey: input.flag("rotate-key"),
    });
    const expiresAt = new Date(claims.expiresAt * 1_000).toISOString();
    terminal.out(
      input.flag("json") ? answerJson<TokenAnswer>({ token, ...claims, expiresAt }) : token,
    );
    return exitCodes.ok;
  },
};

function readScopes(input: Input): string[] | undefined {
  return input
    .text("scope")
    ?.split(/\s+/)
    .filter((one) => one !== "");
}

function readExpiry(input: Input): number | undefined {
  const written = input.text("expires");
  if (written === undefined) return undefined;
  const seconds = parseSpan(written);
  if (seconds !== undefined) return seconds;
  throw new LambdakitError("CLI_BAD_VALUE", {
    message: `--expires is "${written}", which is no length of time.`,
    fix: "write --expires 1h",
    at: "--expires",
  });
}
