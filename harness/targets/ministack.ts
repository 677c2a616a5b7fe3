import { attach } from './attach.ts';
import { startPythonEngine } from './python-engine.ts';
import type { Target } from './target.ts';

/** `python -m ministack`, its sockets bound to this machine. */
const boundLocally = [
  'import runpy, socket',
  'bind = socket.socket.bind',
  'def local(self, address):',
  '    if self.family == socket.AF_INET: address = ("127.0.0.1", address[1])',
  '    if self.family == socket.AF_INET6: address = ("::1", *address[1:])',
  '    return bind(self, address)',
  'socket.socket.bind = local',
  'runpy.run_module("ministack", run_name="__main__", alter_sys=True)',
].join('\n');

/**
 * MiniStack: an independent implementation that answers LocalStack's health page too. By itself it listens on all
 * interfaces.
 */
export const ministack: Target = {
  summary: 'MiniStack (PyPI): attached at --endpoint, else 1.5.33 started (needs Python 3.11 or later)',
  start: (options) =>
    options.endpoint === undefined
      ? startPythonEngine(
          { tool: 'ministack', args: () => ['-c', boundLocally], env: (port) => ({ GATEWAY_PORT: String(port) }) },
          options,
        )
      : attach('ministack', options),
};
