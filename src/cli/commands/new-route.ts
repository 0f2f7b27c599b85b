import { LambdakitError, nearest } from "../../errors/index.ts";
import { loadService } from "../../package/index.ts";
import { quoted } from "../../system/index.ts";
import type { Command } from "../command.ts";
import { dryRunOption } from "../scaffolding/dry-run-option.ts";
import { growService } from "../scaffolding/grow-service.ts";
import { readAuth } from "../scaffolding/read-auth.ts";

export const newRoute: Command = {
  name: "new route",
  summary: "lead one route more to a function that is there",
  description:
    "Writes the route into service.ts, with a value for each of its path parameters, and a test that it is answered by that function, served as on this machine; then everything that lambdakit generate derives. Comments and layout of service.ts stay. Who may call it is who may call the function's other routes, unless --auth says otherwise. Held against every rule of service.ts before anything is written. A function of its own for the route: lambdakit new function.",
  examples: [
    'lambdakit new route "GET /v1.0/orders/{orderId}/lines" --function get',
    'lambdakit new route "GET /v1.0/all" --function list --auth orders:audit',
    'lambdakit new route "GET /v1.0/orders/latest" --function list --dry-run',
  ],
  options: {
    function: { type: "text", placeholder: "KEY", description: "the function that answers it" },
    auth: {
      type: "text",
      placeholder: "WHO",
      description: "who may call it: none, iam, or scopes between commas",
    },
    ...dryRunOption,
  },
  arguments: ["ROUTE"],

  async run(input, world) {
    const [route] = input.arguments;
    if (route === undefined) {
      throw new LambdakitError("CLI_BAD_VALUE", {
        message: "It is not said which route: a method and a path, in quotation marks.",
        fix: 'lambdakit new route "GET /v1.0/orders/{orderId}/lines" --function get',
        at: "ROUTE",
      });
    }
    const loaded = await loadService(input.text("service") ?? ".");
    const functions = Object(Object(loaded.definition).functions);
    const key = functionCalled(input.text("function"), Object.keys(functions), route);
    const { routedDefinition, routeFiles, withRoute } = await import("../../scaffold/index.ts");
    const spec = { route, function: key, auth: readAuth(input.text("auth")) };
    const stated = functions[key];
    const growth = {
      files: routeFiles(spec),
      definition: {
        ...Object(loaded.definition),
        functions: { ...functions, [key]: routedDefinition(stated, spec) },
      },
      edit: (source: string) => withRoute(source, stated, spec),
      byHand: `functions.${key}.routes: ${JSON.stringify(route)}`,
      next: [`let ${stated.entry} answer it`, "npm test"],
    };
    return growService(loaded, growth, input, world);
  },
};

/** @throws {LambdakitError} CLI_BAD_VALUE */
function functionCalled(given: string | undefined, keys: readonly string[], route: string): string {
  const found = keys.find((key) => key === given);
  if (found !== undefined) return found;
  const near = given === undefined ? keys[0] : (nearest(given, keys) ?? keys[0]);
  throw new LambdakitError("CLI_BAD_VALUE", {
    message: `${given === undefined ? "It is not said which function answers it" : `There is no function ${given}`}: there is ${keys.join(", ")}.`,
    fix: `lambdakit new route ${quoted(route)} --function ${near ?? "KEY"}`,
    at: "--function",
  });
}
