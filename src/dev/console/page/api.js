const base = "/_console/api/";

/** The server refused, with its reason. */
export class ApiError extends Error {
  /**
   * @param {number} status
   * @param {Readonly<Record<string, unknown>>} facts
   */
  constructor(status, facts) {
    super(String(facts.message ?? `The server answered ${status}.`));
    this.status = status;
    this.facts = facts;
  }
}

/**
 * @param {string} path below `/_console/api/`
 * @returns {Promise<any>}
 */
export function read(path) {
  return answered(fetch(base + path));
}

/**
 * @param {string} path below `/_console/api/`
 * @param {unknown} body
 * @returns {Promise<any>}
 */
export function write(path, body) {
  const headers = { "Content-Type": "application/json", "X-Lambdakit-Console": "1" };
  return answered(fetch(base + path, { method: "POST", headers, body: JSON.stringify(body) }));
}

/** @param {Promise<Response>} sent */
async function answered(sent) {
  const response = await sent.catch(() => {
    throw new ApiError(0, { message: "The local service does not answer." });
  });
  const value = await response.json().catch(() => ({}));
  if (!response.ok) throw new ApiError(response.status, value);
  return value;
}
