import type { IncomingMessage } from "node:http";

/** An answer of AWS's. */
export interface Recorded {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

const requestId = "01234567-89ab-cdef-0123-456789abcdef";

/**
 * What AWS answers in a region that the account has not enabled: that it does not know the credentials, in words that
 * differ by service.
 *
 * @see https://github.com/Versent/saml2aws/issues/928 for STS's (2026-11-27)
 * @see https://github.com/mozilla/guardduty-multi-account-manager/issues/42 for those of services that speak JSON (2026-11-27)
 * @see https://github.com/aws/aws-sdk-js/issues/4129 for S3's (2026-11-27)
 */
export function notEnabledAnswer({ method, headers }: IncomingMessage): Recorded {
  const service = /\/([^/]+)\/aws4_request/.exec(headers.authorization ?? "")?.[1];
  if (service === "sts") {
    return {
      status: 403,
      type: "text/xml",
      body: `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <Error>
    <Type>Sender</Type>
    <Code>InvalidClientTokenId</Code>
    <Message>The security token included in the request is invalid</Message>
  </Error>
  <RequestId>${requestId}</RequestId>
</ErrorResponse>
`,
    };
  }
  if (service === "s3") {
    return {
      status: 400,
      type: "application/xml",
      body:
        method === "HEAD"
          ? ""
          : `<?xml version="1.0" encoding="UTF-8"?>
<Error><Code>InvalidToken</Code><Message>The provided token is malformed or otherwise invalid.</Message><Token-0>FwoGZXIvYXdzENP</Token-0><RequestId>1CZ55252PH6J0X4R</RequestId></Error>`,
    };
  }
  return {
    status: 400,
    type: "application/x-amz-json-1.0",
    body: '{"__type":"com.amazon.coral.service#UnrecognizedClientException","message":"The security token included in the request is invalid."}',
  };
}
