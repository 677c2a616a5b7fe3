import { attach } from './attach.ts';
import { boundLocally } from './bound-locally.ts';
import { startPythonEngine } from './python-engine.ts';
import type { Target } from './target.ts';

/**
 * MiniStack: an independent implementation that also answers LocalStack's health page. By default it listens on all
 * interfaces.
 */
export const ministack: Target = {
  summary: 'MiniStack (PyPI): attached at --endpoint, else 1.5.33 started (needs Python 3.11 or later)',
  start: (options) =>
    options.endpoint === undefined
      ? startPythonEngine(
          {
            tool: 'ministack',
            args: () => ['-c', boundLocally('ministack')],
            env: (port) => ({ GATEWAY_PORT: String(port) }),
          },
          options,
        )
      : attach('ministack', options),
};
