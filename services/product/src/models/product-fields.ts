import { currency } from "./kinds/currency.ts";
import { decimal } from "./kinds/decimal.ts";
import { text } from "./kinds/text.ts";
import { texts } from "./kinds/texts.ts";

/** What callers say of a product. */
export const productFields = {
  name: text(1, 200),
  description: text(0, 2000),
  price: decimal(),
  currency: currency(),
  period: text(1, 50),
  features: texts(50),
};

/** The same of a new product, of which some may be left out. */
export const newProductFields = {
  ...productFields,
  features: productFields.features.default([]),
};
