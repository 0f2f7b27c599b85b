import { LambdakitError } from "../../errors/index.ts";
import { kebabCase } from "../../names.ts";
import { loadService } from "../../package/index.ts";
import type { Command } from "../command.ts";
import { dryRunOption } from "../scaffolding/dry-run-option.ts";
import { entityOptions } from "../scaffolding/entity-options.ts";
import { growService } from "../scaffolding/grow-service.ts";

export const newEntity: Command = {
  name: "new entity",
  summary: "give a service one entity more: table, operations, tests",
  description:
    "Writes what lambdakit new has of an entity, about another one: list, get, create, update and delete, their handlers, validators, services, repositories, models and errors in src/PLURAL, and their tests in tests/PLURAL. Adds its table, its functions, their routes, permissions and examples to service.ts, behind the others: comments and layout there stay; and bodies to the sample data. Then everything that lambdakit generate derives. It has a table of its own, and files of its own: no file of another entity changes. Whoever creates, updates or deletes needs the scope PLURAL:write. Fields are as lambdakit new has them. Asks for what is not said where somebody is there to ask, and takes what is usual otherwise. Held against every rule of service.ts before anything is written.",
  examples: [
    "lambdakit new entity customer",
    "lambdakit new entity customer --field name:text --field vip:boolean",
    "lambdakit new entity OrderLine --id LINE:8 --field pieces:integer:1..99",
    "lambdakit new entity person --plural people --dry-run",
  ],
  options: {
    ...entityOptions,
    ...dryRunOption,
  },
  arguments: ["NAME"],

  async run(input, world) {
    const [given] = input.arguments;
    if (given === undefined) {
      throw new LambdakitError("CLI_BAD_VALUE", {
        message: "It is not said what the entity is called: one of what is kept.",
        fix: "lambdakit new entity customer",
        at: "NAME",
      });
    }
    const loaded = await loadService(input.text("service") ?? ".");
    const { readEntity } = await import("../scaffolding/read-entity.ts");
    const { entityGrowth } = await import("../scaffolding/entity-growth.ts");
    const read = await readEntity(kebabCase(given), input, world.terminal);
    return growService(loaded, await entityGrowth(read, loaded), input, world);
  },
};
