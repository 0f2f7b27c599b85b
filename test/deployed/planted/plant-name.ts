import type { Account } from "../../../src/emulator/deployed/account.ts";
import { valueIn, valuesIn } from "../../../src/emulator/deployed/xml.ts";

const xmlns = 'xmlns="https://route53.amazonaws.com/doc/2013-04-01/"';

/**
 * A name that leads to two regions, as `terraform/modules/domain` makes it: a health check decides which.
 *
 * @returns the id of its zone
 */
export async function plantName(account: Account, name: string): Promise<string> {
  const domain = name.split(".").slice(1).join(".");
  const zone = await post(
    account,
    "/2013-04-01/hostedzone",
    `<CreateHostedZoneRequest ${xmlns}><Name>${domain}</Name><CallerReference>${name}</CallerReference></CreateHostedZoneRequest>`,
  );
  const [zoneId = ""] = valuesIn(zone, "Id").map((id) => id.replace("/hostedzone/", ""));
  const check = await post(
    account,
    "/2013-04-01/healthcheck",
    `<CreateHealthCheckRequest ${xmlns}><CallerReference>${name}</CallerReference><HealthCheckConfig><Type>HTTPS</Type><FullyQualifiedDomainName>${name}</FullyQualifiedDomainName><Port>443</Port><ResourcePath>/</ResourcePath><RequestInterval>30</RequestInterval><FailureThreshold>3</FailureThreshold></HealthCheckConfig></CreateHealthCheckRequest>`,
  );
  const record = (failover: string, healthCheck: string) =>
    `<Change><Action>CREATE</Action><ResourceRecordSet><Name>${name}</Name><Type>CNAME</Type><SetIdentifier>${failover}</SetIdentifier><Failover>${failover}</Failover><TTL>60</TTL><ResourceRecords><ResourceRecord><Value>${failover.toLowerCase()}.${domain}</Value></ResourceRecord></ResourceRecords>${healthCheck}</ResourceRecordSet></Change>`;
  const primary = record("PRIMARY", `<HealthCheckId>${valueIn(check, "Id")}</HealthCheckId>`);
  await post(
    account,
    `/2013-04-01/hostedzone/${zoneId}/rrset`,
    `<ChangeResourceRecordSetsRequest ${xmlns}><ChangeBatch><Changes>${primary}${record("SECONDARY", "")}</Changes></ChangeBatch></ChangeResourceRecordSetsRequest>`,
  );
  return zoneId;
}

async function post(account: Account, target: string, body: string): Promise<string> {
  const init = { method: "POST", headers: { "Content-Type": "text/xml" }, body };
  return (await account.ask("route53", target, init)).text();
}
