/**
 * Which variables of our environment a child process gets. Secrets of accounts stand in ours, and a process of another
 * user (Postgres) or of another maker (Temporal) needs none of them: so each kind of child has a list of what it is
 * given, and what is not listed stays here.
 */

/** Finding programs and folders, language and time, on every system; Windows starts nothing without its own. */
const SYSTEM = [
  'PATH',
  'HOME',
  'USER',
  'LOGNAME',
  'SHELL',
  'LANG',
  'LANGUAGE',
  'LC_*',
  'TZ',
  'TMPDIR',
  'TMP',
  'TEMP',
  'LD_LIBRARY_PATH',
  'DYLD_LIBRARY_PATH',
  'SystemRoot',
  'SystemDrive',
  'windir',
  'ComSpec',
  'PATHEXT',
  'USERPROFILE',
  'APPDATA',
  'LOCALAPPDATA',
  'ProgramData',
  'NUMBER_OF_PROCESSORS',
  'PROCESSOR_ARCHITECTURE',
];
/** How Node.js itself runs. */
const NODE = [
  'NODE_ENV',
  'NODE_OPTIONS',
  'NODE_EXTRA_CA_CERTS',
  'NODE_USE_ENV_PROXY',
  'NODE_TLS_*',
  'UV_THREADPOOL_SIZE',
  'NO_COLOR',
  'FORCE_COLOR',
];
/** How the outside is reached. */
const NETWORK = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY', 'SSL_CERT_FILE', 'SSL_CERT_DIR'];
/** Temporal's settings, the file that may hold them, those of a Postgres of one's own (`PGSSLROOTCERT`), and ours: secrets of the connections among them. */
const PRODUCT = ['TEMPORAL_*', 'XDG_CONFIG_HOME', 'DATABASE_URL', 'PG*', 'TIEOUT_*'];

const LISTS = {
  /** Postgres and the Temporal server: nothing of ours. */
  server: SYSTEM,
  simulators: [...SYSTEM, ...NODE],
  /** A download: what reaches the outside, and pip's own settings. */
  download: [...SYSTEM, ...NETWORK, 'PIP_*', 'REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE'],
  /** Workers use the product's role: the address of the owner (`DATABASE_OWNER_URL`) is not among them. */
  worker: [...SYSTEM, ...NODE, ...NETWORK, ...PRODUCT],
} as const;

export type ChildKind = keyof typeof LISTS;

/** What a child of a kind gets of `env`, and `given` beside it. Names are compared without case: Windows does, and proxies are written in either. */
export function childEnvironment(
  kind: ChildKind,
  given: Readonly<Record<string, string>> = {},
  env: NodeJS.ProcessEnv = process.env,
): NodeJS.ProcessEnv {
  const listed = Object.entries(env).filter(([name]) =>
    LISTS[kind].some((pattern) => matches(name.toUpperCase(), pattern.toUpperCase())),
  );
  return { ...Object.fromEntries(listed), ...given };
}

function matches(name: string, pattern: string): boolean {
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
}
