import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { attach } from './attach.ts';
import { boundLocally } from './bound-locally.ts';
import { identify } from './identify.ts';
import { type PythonEngine, startPythonEngine } from './python-engine.ts';
import type { Target } from './target.ts';

const bindNode = fileURLToPath(new URL('./bind-locally.cjs', import.meta.url));
const usualAddress = 'http://127.0.0.1:4566';

/**
 * LocalStack in host mode. 4.14.0 is the last release that needs no account. Its folders are in the cache, which keeps
 * only the Kinesis engine that it downloads from npm at the first call. It ends with this process.
 */
const hostMode: PythonEngine = {
  tool: 'localstack',
  // LocalStack listens on all interfaces, whatever GATEWAY_LISTEN says, and so does the Kinesis engine that it starts.
  args: () => ['-c', boundLocally('localstack.runtime.main')],
  env: (port, folder) => ({
    SERVICES: 'kinesis,cloudformation',
    GATEWAY_LISTEN: `127.0.0.1:${port}`,
    OVERRIDE_IN_DOCKER: '0',
    FILESYSTEM_ROOT: join(folder, 'localstack-root'),
    EAGER_SERVICE_LOADING: '1',
    DISABLE_EVENTS: '1',
    SKIP_SSL_CERT_DOWNLOAD: '1',
    DNS_ADDRESS: '0',
    NODE_OPTIONS: `--require ${JSON.stringify(bindNode)}`,
    KINESIS_LATENCY: '50',
    KINESIS_SHARD_LIMIT: '5000',
    KINESIS_ON_DEMAND_STREAM_COUNT_LIMIT: '1000',
  }),
};

/** LocalStack at --endpoint, else a running one at its usual port, else 4.14.0, started here without Docker. */
export const localstack: Target = {
  summary: 'LocalStack: a running one (port 4566), else 4.14.0 in host mode (needs Python 3.13)',
  start: async (options) => {
    if (options.endpoint !== undefined) return attach('localstack', options);
    const isRunning = options.engineVersion === undefined && (await identify(usualAddress)).engine === 'localstack';
    return isRunning
      ? attach('localstack', { ...options, endpoint: usualAddress })
      : startPythonEngine(hostMode, options);
  },
};
