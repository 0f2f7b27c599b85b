import * as z from "zod";

const attributeChange = z
  .strictObject({
    name: z.string().describe("The attribute, with the way inside of blocks and of JSON."),
    before: z.string().optional().describe("Its value, as JSON; absent where there is none."),
    after: z.string().optional().describe("Its new value, as JSON; absent where it goes."),
    forcesReplacement: z.boolean().describe("Whether this is why the resource cannot stay."),
  })
  .meta({ id: "AttributeChange", description: "A value of a resource that changes." });

export const change = z
  .strictObject({
    address: z.string().describe("Where the resource stands in Terraform's stack."),
    type: z
      .string()
      .describe("Terraform's word for what it is.")
      .meta({
        examples: ["aws_lambda_function"],
      }),
    action: z
      .enum(["create", "update", "replace", "delete", "import"])
      .describe("What becomes of the resource."),
    losesData: z.boolean().describe("Whether what the resource holds is lost with it."),
    attributes: z
      .array(attributeChange)
      .describe("What differs; empty unless it is updated or replaced."),
  })
  .meta({ id: "Change", description: "What Terraform does to one resource, or would." });

export const changes = z
  .array(change)
  .describe("What Terraform has changed, or would; empty where nothing is to be done.");
