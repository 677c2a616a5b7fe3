import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { awsAccess } from './aws-access.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kinesis-order-aws-'));
  await writeFile(join(folder, 'config'), '[profile release]\nregion = eu-west-3\n[profile bare]\noutput = json\n');
  await writeFile(join(folder, 'credentials'), '[release]\naws_access_key_id = OFPROFILE\naws_secret_access_key = s\n');
  vi.stubEnv('AWS_CONFIG_FILE', join(folder, 'config'));
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(folder, 'credentials'));
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'OFENVIRONMENT');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 's');
  for (const name of ['AWS_REGION', 'AWS_DEFAULT_REGION', 'AWS_PROFILE']) vi.stubEnv(name, undefined);
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

const keyOf = async (profile: string): Promise<string> => {
  const { credentials } = await awsAccess({ profile, region: 'us-west-2' });
  return typeof credentials === 'function' ? (await credentials()).accessKeyId : 'no provider';
};

test('a given profile overrides the region and keys of the environment', async () => {
  expect((await awsAccess({ profile: 'release' })).region).toBe('eu-west-3');
  expect(await keyOf('release')).toBe('OFPROFILE');
});

test('a given region overrides the profile, and so does AWS_REGION', async () => {
  expect(await awsAccess({ region: 'us-west-2' })).toEqual({ region: 'us-west-2' });
  expect((await awsAccess({ profile: 'release', region: 'us-west-2' })).region).toBe('us-west-2');
  vi.stubEnv('AWS_REGION', 'sa-east-1');
  expect((await awsAccess({})).region).toBe('sa-east-1');
});

test('without any region it is an error', async () => {
  await expect(awsAccess({ profile: 'bare' })).rejects.toMatchObject({
    code: 'usage',
    hint: expect.stringContaining('--region') as string,
  });
});
