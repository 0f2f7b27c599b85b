import { execFileSync } from "node:child_process";
import path from "node:path";

/** A certificate for this machine that is made for this run, and its key, as files. */
export function makeCertificate(
  workDirectory: string,
  name: string,
): { readonly keyFile: string; readonly certificateFile: string } {
  const keyFile = path.join(workDirectory, `${name}-key.pem`);
  const certificateFile = path.join(workDirectory, `${name}-certificate.pem`);
  const request = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"];
  const names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"];
  execFileSync("openssl", [...request, ...names, "-keyout", keyFile, "-out", certificateFile], {
    stdio: "ignore",
  });
  return { keyFile, certificateFile };
}
