import { describe, expect, it } from "vitest";
import product from "../../services/product/service.ts";
import { apiDocument } from "./index.ts";

describe("apiDocument", () => {
  it("is the OpenAPI document of a service", () => {
    const { openapi, paths } = apiDocument(product);
    expect(openapi).toBe("3.1.0");
    expect(Object.keys(paths)).toEqual(["/v1.0/products", "/v1.0/products/{productId}"]);
  });

  it("says what is wrong with a manifest", () => {
    expect(() => apiDocument({ ...product, nmae: "product" })).toThrow(
      'nmae: there is no key "nmae" here',
    );
  });
});
