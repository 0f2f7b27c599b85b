import { LambdakitError } from "../../errors/index.ts";
import { kebabCase } from "../../names.ts";
import { loadService } from "../../package/index.ts";
import type { Command } from "../command.ts";
import { dryRunOption } from "../scaffolding/dry-run-option.ts";
import { growService } from "../scaffolding/grow-service.ts";
import { readAuth } from "../scaffolding/read-auth.ts";

export const newFunction: Command = {
  name: "new function",
  summary: "give a service one function more, with its handler and its test",
  description:
    "Writes src/handlers/NAME.ts and its test, and the function into service.ts, behind the others: comments and layout there stay. Then everything that lambdakit generate derives. With routes, its handler answers them with their path parameters; without, it is invoked directly, and gives back what it receives. It may read and write no table until service.ts says so. Held against every rule of service.ts before anything is written.",
  examples: [
    "lambdakit new function send-receipt",
    'lambdakit new function receipt --route "GET /v1.0/receipts" --auth none',
    'lambdakit new function refund --route "POST /v1.0/refunds" --auth orders:write',
    "lambdakit new function send-receipt --dry-run",
  ],
  options: {
    route: {
      type: "texts",
      placeholder: "ROUTE",
      description: "a method and a path that it answers; write it once for each",
    },
    auth: {
      type: "text",
      placeholder: "WHO",
      description: "who may call its routes: none, iam, or scopes between commas",
    },
    description: {
      type: "text",
      placeholder: "TEXT",
      description: "what it does, in one line; otherwise of its name",
    },
    ...dryRunOption,
  },
  arguments: ["NAME"],

  async run(input, world) {
    const [given] = input.arguments;
    if (given === undefined) {
      throw new LambdakitError("CLI_BAD_VALUE", {
        message: "It is not said what the function is called.",
        fix: "lambdakit new function send-receipt",
        at: "NAME",
      });
    }
    const {
      capital,
      functionDefinition,
      functionFiles,
      functionKey,
      functionText,
      isKebab,
      withFunction,
    } = await import("../../scaffold/index.ts");
    const name = kebabCase(given);
    if (!isKebab(name)) {
      throw new LambdakitError("CLI_BAD_VALUE", {
        message: `A function is not called "${given}": letters and digits, with hyphens between words.`,
        fix: "lambdakit new function send-receipt",
        at: "NAME",
      });
    }
    const routes = input.texts("route");
    const auth = readAuth(input.text("auth"));
    if (routes.length > 0 && auth === undefined) {
      throw new LambdakitError("CLI_BAD_VALUE", {
        message: `It is not said who may call ${routes.join(", ")}.`,
        fix: "--auth none for everybody, --auth iam, or --auth orders:write",
        at: "--auth",
      });
    }
    const loaded = await loadService(input.text("service") ?? ".");
    const description = input.text("description") ?? capital(name.replaceAll("-", " "));
    const spec = { name, description, routes, auth };
    const key = functionKey(spec);
    const functions = Object(Object(loaded.definition).functions);
    if (Object.hasOwn(functions, key)) {
      throw new LambdakitError("NEW_INVALID", {
        message: `There is a function ${key} already.`,
        fix: `write another name, or lambdakit new route "GET /..." --function ${key}`,
        at: loaded.file,
      });
    }
    const growth = {
      files: functionFiles(spec),
      definition: {
        ...Object(loaded.definition),
        functions: { ...functions, [key]: functionDefinition(spec) },
      },
      edit: (source: string) => withFunction(source, spec),
      byHand: `functions: {\n${functionText(spec)},\n}`,
      next: ["npm test", routes.length === 0 ? `lambdakit invoke ${key}` : "npm start"],
    };
    return growService(loaded, growth, input, world);
  },
};
