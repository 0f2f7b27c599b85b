/**
 * What commands of a rehearsal find of this shell: what programs need to be found and to run, and nothing that could
 * lead to an account of AWS or to GitHub.
 */
const inherited = [
  ...["PATH", "Path", "PATHEXT", "HOME", "USERPROFILE", "TMPDIR", "TEMP", "TMP", "SystemRoot"],
  ...["APPDATA", "LOCALAPPDATA", "LANG", "LC_ALL", "TZ", "XDG_DATA_HOME", "XDG_DATA_DIRS"],
  ...["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy"],
  ...["SSL_CERT_FILE", "SSL_CERT_DIR", "NODE_EXTRA_CA_CERTS", "DYNAMODB_ENDPOINT"],
  ...["TF_CLI_CONFIG_FILE", "TF_PLUGIN_CACHE_DIR"],
];

/**
 * @param own of this process
 * @param emulator where AWS is, and who asks
 * @param noFile a file that is not there
 */
export function commandVariables(
  own: NodeJS.ProcessEnv,
  emulator: NodeJS.ProcessEnv,
  noFile: string,
): NodeJS.ProcessEnv {
  return {
    ...Object.fromEntries(inherited.flatMap((name) => (own[name] ? [[name, own[name]]] : []))),
    // Nobody is there to be asked.
    CI: "true",
    CHECKPOINT_DISABLE: "1",
    AWS_CONFIG_FILE: noFile,
    AWS_SHARED_CREDENTIALS_FILE: noFile,
    AWS_EC2_METADATA_DISABLED: "true",
    ...emulator,
  };
}
