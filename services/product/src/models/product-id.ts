import * as z from "zod";

/** 2,176,782,336 ids. */
export const productIdForm = {
  prefix: "PROD-",
  length: 6,
  alphabet: "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ",
};

export const productIdMeaning = "PROD- and 6 of 0-9 and A-Z.";

const pattern = /^PROD-[0-9A-Z]{6}$/;
const refusal = "has to be such as PROD-ABC123";

export const productIdSchema = z.string().regex(pattern, refusal);
