/** The methods whose requests have a body. @see https://www.rfc-editor.org/rfc/rfc9110#section-9.3 */
export const methodsWithBody: readonly string[] = ["POST", "PUT", "PATCH"];
