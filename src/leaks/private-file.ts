/**
 * Files that consist of secrets wherever they lie: their names say so, and what is in them has no form of its own.
 * Those that are made to be read by others, such as `.env.example` and `id_rsa.pub`, are none.
 */
const privateNames: readonly RegExp[] = [
  /^\.env(?:\.(?!example$|sample$|template$|dist$|defaults$)[\w-]+)*$/,
  /^id_(?:rsa|dsa|ecdsa|ed25519)$/,
  /\.(?:pem|ppk|p12|pfx|jks|keystore|kdbx|key)$/,
  /^\.?(?:netrc|pgpass|htpasswd|git-credentials|dockercfg|s3cfg|ftpconfig|esmtprc|tugboat)$/,
  /^(?:shadow|proftpdpasswd|logins\.json|master\.key|\.credentials)$/,
  /^(?:recentservers|filezilla|sitemanager|WebServers|dbeaver-data-sources)\.xml$/,
  /^(?:sftp|sftp-config|\.remote-sync|deployment-config|robomongo)\.json$/,
];

/** @param path with `/`, from anywhere */
export function isPrivateFile(path: string): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (/(?:^|\/)\.aws\/credentials$|(?:^|\/)\.docker\/config\.json$/.test(path)) return true;
  return privateNames.some((pattern) => pattern.test(name));
}
