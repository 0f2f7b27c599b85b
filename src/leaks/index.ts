/**
 * What looks like a secret, in any text.
 *
 * Takes a text, and what its file is called. Gives what in it looks like a secret, with its line and as much of it as
 * may be shown. Its one rule: it is pure, and never gives the secret itself to whoever prints.
 */
export { allLeaks, findLeaks, type Leak } from "./find-leaks.ts";
export { findNamedValues } from "./named-values.ts";
export { isPrivateFile } from "./private-file.ts";
export { tokenForms } from "./token-forms.ts";
