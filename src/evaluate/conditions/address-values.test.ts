import { describe } from "vitest";
import { applies, checkCases, ignores } from "../../../test/policy-cases.ts";

const operators =
  "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html";
const from = (value: string | string[], operator = "IpAddress") => ({
  Condition: { [operator]: { "aws:SourceIp": value } },
});
const at = (value: string) => ({ context: { "aws:SourceIp": value } });
const mixed = ["203.0.113.0/24", "2001:DB8:1234:5678::/64"];

describe("IP address operators", () => {
  checkCases(`${operators}#Conditions_IPAddress`, [
    applies("the first of a range", from("203.0.113.0/24"), at("203.0.113.0")),
    applies("the last of a range", from("203.0.113.0/24"), at("203.0.113.255")),
    ignores("one before a range", from("203.0.113.0/24"), at("203.0.112.255")),
    ignores("one behind a range", from("203.0.113.0/24"), at("203.0.114.0")),
    applies(
      "a range that starts in the middle of itself",
      from("203.0.113.77/24"),
      at("203.0.113.1"),
    ),
    applies("an address is the range of itself", from("203.0.113.7"), at("203.0.113.7")),
    ignores("an address is of no other", from("203.0.113.7"), at("203.0.113.8")),
    applies("a range that ends within a byte", from("10.0.0.0/9"), at("10.127.0.1")),
    ignores("a range that ended within a byte", from("10.0.0.0/9"), at("10.128.0.1")),
    applies("all addresses", from("0.0.0.0/0"), at("255.255.255.255")),
    ignores("all addresses of the other version", from("0.0.0.0/0"), at("::1")),
    applies("mixed: the one version", from(mixed), at("203.0.113.9")),
    applies("mixed: the other version", from(mixed), at("2001:db8:1234:5678:1::9")),
    ignores("mixed: neither", from(mixed), at("2001:db8:1234:5679::1")),
    applies(
      "an IPv6 address is the range of itself",
      from("2001:db8::1"),
      at("2001:0DB8:0:0:0:0:0:1"),
    ),
    ignores("an IPv6 address is of no other", from("2001:db8::1"), at("2001:db8::2")),
    applies("an IPv6 range that ends within a group", from("2001:db8::/33"), at("2001:db8:7fff::")),
    ignores(
      "an IPv6 range that ended within a group",
      from("2001:db8::/33"),
      at("2001:db8:8000::"),
    ),
    applies("all IPv6 addresses", from("::/0"), at("fe80::1:2")),
    applies("a gap of one group", from("1:2:3:0:5:6:7:8"), at("1:2:3::5:6:7:8")),
    ignores("NotIpAddress: within", from("203.0.113.0/24", "NotIpAddress"), at("203.0.113.9")),
    applies("NotIpAddress: outside", from("203.0.113.0/24", "NotIpAddress"), at("198.51.100.1")),
    ignores(
      "NotIpAddress: within one of its ranges",
      from(mixed, "NotIpAddress"),
      at("203.0.113.9"),
    ),
    applies("NotIpAddress: no key", from(mixed, "NotIpAddress"), { context: {} }),
    ignores("IpAddress: no key", from(mixed), { context: {} }),
    ignores("a number too large", from("203.0.113.0/24"), at("203.0.113.256")),
    ignores("a number too few", from("203.0.113.0/24"), at("203.0.113")),
    ignores("a name", from("0.0.0.0/0"), at("localhost")),
    ignores("an IPv6 address of nine groups", from("::/0"), at("1:2:3:4:5:6:7:8:9")),
    ignores("an IPv6 address of seven groups", from("::/0"), at("1:2:3:4:5:6:7")),
    ignores("an IPv6 address with two gaps", from("::/0"), at("1::2::3")),
    ignores("an IPv6 address with a gap of nothing", from("::/0"), at("1:2:3:4::5:6:7:8")),
    ignores("an IPv6 address of other letters", from("::/0"), at("::g")),
    ignores("an address with a zone", from("::/0"), at("fe80::1%eth0")),
  ]);
});
