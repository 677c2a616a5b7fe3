const needed =
  'PATH HOME USER SHELL TMPDIR TEMP TMP LANG TZ SystemRoot PATHEXT APPDATA LOCALAPPDATA XDG_CACHE_HOME JAVA_HOME ' +
  'LD_LIBRARY_PATH HTTP_PROXY HTTPS_PROXY NO_PROXY http_proxy https_proxy no_proxy SSL_CERT_FILE SSL_CERT_DIR ' +
  'REQUESTS_CA_BUNDLE CURL_CA_BUNDLE NODE_EXTRA_CA_CERTS';
const isNeeded = new Set(needed.split(' '));
/** For package managers, because some engines download components at the first call. */
const neededPrefixes = ['LC_', 'npm_config_', 'NPM_CONFIG_', 'PIP_', 'UV_'];

/** The environment of an engine: what it needs to run, and no AWS credentials, tokens or secrets. */
export const engineEnv = (all: NodeJS.ProcessEnv = process.env): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(all).filter(
      (entry): entry is [string, string] =>
        entry[1] !== undefined &&
        (isNeeded.has(entry[0]) || neededPrefixes.some((prefix) => entry[0].startsWith(prefix))),
    ),
  );
