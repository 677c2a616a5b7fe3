import { attach } from './attach.ts';
import { startPythonEngine } from './python-engine.ts';
import type { Target } from './target.ts';

/** moto's server: an independent implementation, slow and synchronous. */
export const moto: Target = {
  summary: 'moto (PyPI) server: attached at --endpoint, else 5.2.5 started (needs Python 3.11 or later)',
  start: (options) =>
    options.endpoint === undefined
      ? startPythonEngine(
          {
            tool: 'moto',
            args: (port) => ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)],
            env: () => ({}),
          },
          options,
        )
      : attach('moto', options),
};
