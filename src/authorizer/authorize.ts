import type { APIGatewayAuthorizerResult, APIGatewayTokenAuthorizerEvent } from "aws-lambda";
import type { JWTVerifyGetKey } from "jose";
import { authorizerContext } from "../names.ts";
import { callerPolicy } from "./policy.ts";
import { Refusal } from "./refusal.ts";
import type { AuthorizerSettings } from "./settings.ts";
import { verifyToken } from "./verify-token.ts";

export interface AuthorizerPorts {
  readonly keyFor: JWTVerifyGetKey;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Gets one line for each request; never the token, nor a part of it. */
  readonly log: (
    level: "INFO" | "WARN" | "ERROR",
    fields: Readonly<Record<string, unknown>>,
  ) => void;
}

/** What API Gateway calls with a request's `Authorization` header. */
export type Authorizer = (
  event: Pick<APIGatewayTokenAuthorizerEvent, "authorizationToken" | "methodArn">,
) => Promise<APIGatewayAuthorizerResult>;

/**
 * Makes an authorizer of the kind `TOKEN`: all that it sees of a request is what its answer is cached by.
 *
 * A good token gets a policy over every route that asks for scopes, and the function behind gets who the
 * caller is, as flat texts. A bad one becomes API Gateway's 401, which is what it makes of an error that is
 * called `Unauthorized`; what else is thrown becomes its 500.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html (2026-11-27)
 */
export function createAuthorizer(settings: AuthorizerSettings, ports: AuthorizerPorts): Authorizer {
  const { keyFor, now, log } = ports;
  return async ({ authorizationToken, methodArn }) => {
    try {
      const token = bearerToken(authorizationToken);
      const caller = await verifyToken(token, settings, keyFor, now());
      const { subject, scopes } = caller;
      const policyDocument = callerPolicy(methodArn, settings.routes, scopes);
      log("INFO", { message: "token accepted", caller: subject, scopes });
      return {
        principalId: subject,
        policyDocument: policyDocument as APIGatewayAuthorizerResult["policyDocument"],
        context: authorizerContext(caller),
      };
    } catch (error) {
      if (error instanceof Refusal) {
        log("INFO", { message: "token refused", reason: error.reason });
        throw unauthorized();
      }
      log("ERROR", { message: "token not checked", error: described(error) });
      throw new Error("the token could not be checked");
    }
  };
}

/** The scheme's name in any case, one space, and what RFC 6750 allows in a token. */
function bearerToken(header: unknown): string {
  const value = typeof header === "string" ? header : "";
  // Before anything reads it: what is long costs time.
  if (value.length > 8300) throw new Refusal("too-long");
  const token = /^bearer ([\w.~+/-]+=*)$/i.exec(value)?.[1];
  if (token === undefined) throw new Refusal(value === "" ? "no-token" : "malformed");
  return token;
}

/** Lambda logs what is thrown: of a stack that is always the same, nobody learns anything. */
function unauthorized(): Error {
  const error = new Error("Unauthorized");
  error.stack = "Unauthorized";
  return error;
}

function described(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
