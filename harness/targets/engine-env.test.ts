import { expect, test } from 'vitest';
import { engineEnv } from './engine-env.ts';

test('the environment of an engine has what it needs to run, and no secrets', () => {
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
