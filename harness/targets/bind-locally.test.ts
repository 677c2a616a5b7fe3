import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const preloaded = fileURLToPath(new URL('./bind-locally.cjs', import.meta.url));
const addressOf = async (listen: string): Promise<string> => {
  const script = `const s = require('node:http').createServer(); s.listen(${listen}); s.on('listening', () => { console.log(s.address().address); s.close(); });`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--require', preloaded, '-e', script]);
  return stdout.trim();
};

test.each(['0', '0, () => undefined', "0, '0.0.0.0'", '{ port: 0 }', "{ port: 0, host: '::' }", '0, 5'])(
  'listen(%s) only accepts connections from this machine',
  async (listen) => {
    expect(await addressOf(listen)).toBe('127.0.0.1');
  },
);
