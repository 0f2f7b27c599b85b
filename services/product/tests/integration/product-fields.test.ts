import { callHandler } from "lambdakit/testing";
import { describe, expect, it } from "vitest";
import { handler as createHandler } from "../../src/handlers/create-product.ts";
import { handler as getHandler } from "../../src/handlers/get-product.ts";
import { useProductTables } from "../product-tables.ts";
import { sampleInput } from "../sample-product.ts";

useProductTables();

const create = (body: unknown) =>
  callHandler(createHandler, { route: "POST /v1.0/products", body });
const get = (productId: string) =>
  callHandler(getHandler, {
    route: "GET /v1.0/products/{productId}",
    pathParameters: { productId },
  });

describe("a product", () => {
  it("takes a product without features as one with none", async () => {
    const { features: _, ...input } = sampleInput;
    expect((await create(input)).body.features).toEqual([]);
  });

  it.each([
    "0",
    "0.00",
    "99.99",
    "7",
    "100000000000000000.00000001",
    "999999999999999999.99999999",
  ])("keeps the price %s to the last digit", async (price) => {
    const { body } = await create({ ...sampleInput, price });
    expect((await get(body.productId)).body.price).toBe(price);
  });

  it.each([
    "",
    "-1",
    "1.",
    ".5",
    "01",
    "1e3",
    "1,00",
    " 1",
    "1.123456789",
    "1234567890123456789",
    "NaN",
  ])("refuses the price %j", async (price) => {
    const { status, body } = await create({ ...sampleInput, price });
    expect([status, body.errors[0].field]).toEqual([400, "price"]);
  });

  it("refuses texts that DynamoDB would change or a caller could not read", async () => {
    for (const name of [
      "half a pair \ud83d",
      "a bell \u0007",
      "x".repeat(201),
      "x".repeat(65_536),
    ]) {
      const { status, body } = await create({ ...sampleInput, name });
      expect([status, body.errors[0].field]).toEqual([400, "name"]);
    }
  });

  it("keeps every other text as it is", async () => {
    const name = "Größe 42 – 日本語 👩‍👩‍👧 \u202e\ufeff\n\t\"'\\";
    const { body } = await create({ ...sampleInput, name });
    expect((await get(body.productId)).body.name).toBe(name);
  });
});
