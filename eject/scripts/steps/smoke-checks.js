/** Whether the API answers at all, and with what it promises. Reads only: it is asked in production, too. */
import { setTimeout } from "node:timers/promises";

const tries = 5;
const secondsBetween = 2;

/**
 * @param url with its stage, without a slash at the end; undefined where there is no API
 * @param checks the status that each path has to answer
 * @returns what went wrong
 */
export async function checkAnswers(url, checks) {
  if (!url) return [];
  const failures = await Promise.all(
    Object.entries(checks).map(([path, wanted]) => failureOf(`${url}${path}`, wanted)),
  );
  return failures.filter((one) => one !== undefined);
}

/** Tried again: an API or an alias that has just changed may need a moment. */
async function failureOf(url, wanted) {
  let got;
  for (let attempt = 1; attempt <= tries; attempt++) {
    got = await fetch(url).then(
      ({ status }) => status,
      (error) => error.message,
    );
    if (got === wanted) return undefined;
    if (attempt < tries) await setTimeout(secondsBetween * 1_000);
  }
  return `GET ${url} answers ${got}, and not ${wanted}.`;
}
