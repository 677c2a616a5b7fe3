import { expect, test } from 'vitest';
import { engineEnv } from './engine-env.ts';

test('an engine is given what it needs to run, and no secret', () => {
  const all = {
    PATH: '/bin',
    HOME: '/home/me',
    LC_ALL: 'C',
    npm_config_registry: 'https://example.com',
    AWS_ACCESS_KEY_ID: 'AKIA',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_SESSION_TOKEN: 'token',
    GITHUB_TOKEN: 'token',
    NODE_OPTIONS: '--inspect',
  };
  expect(engineEnv(all)).toEqual({
    PATH: '/bin',
    HOME: '/home/me',
    LC_ALL: 'C',
    npm_config_registry: 'https://example.com',
  });
});
