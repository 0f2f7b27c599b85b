/**
 * The HTTP status codes that a function can answer with: those of IANA's registry from 200 on, for
 * Lambda's answers are final, and a 1xx is not.
 * @see https://www.iana.org/assignments/http-status-codes/http-status-codes.xhtml
 */
export const statusCodes = [
  200, 201, 202, 203, 204, 205, 206, 207, 208, 226, 300, 301, 302, 303, 304, 305, 307, 308, 400,
  401, 402, 403, 404, 405, 406, 407, 408, 409, 410, 411, 412, 413, 414, 415, 416, 417, 421, 422,
  423, 424, 425, 426, 428, 429, 431, 451, 500, 501, 502, 503, 504, 505, 506, 507, 508, 510, 511,
] as const;

export type StatusCode = (typeof statusCodes)[number];
