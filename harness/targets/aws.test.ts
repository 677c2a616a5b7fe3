import { expect, test } from 'vitest';
import { notLetIn } from './aws.ts';

test.each([
  'getaddrinfo ENOTFOUND kinesis.eu-nowhere-9.amazonaws.com',
  'getaddrinfo EAI_AGAIN kinesis.x.amazonaws.com',
])('an unknown host name is not reported as a credentials error: %s', (words) => {
  const error = notLetIn(new Error(words), 'eu-nowhere-9');
  expect(error.message).toBe(`the host name of Kinesis in the region eu-nowhere-9 cannot be resolved: ${words}`);
  expect(error.hint).toContain('--region');
  expect(error.hint).not.toContain('AWS_ACCESS_KEY_ID');
});

test('an error of AWS about credentials is reported as one', () => {
  const error = notLetIn(new Error('The security token included in the request is invalid'), 'eu-west-1');
  expect(error.message).toBe('AWS refuses the credentials: The security token included in the request is invalid');
  expect(error.hint).toContain('AWS_ACCESS_KEY_ID');
});

test('no credentials at all are not reported as refused', () => {
  const error = notLetIn(new Error('Could not load credentials from any providers'), 'eu-west-1');
  expect(error.message).toBe('no AWS credentials were found: Could not load credentials from any providers');
  expect(error.hint).toContain('AWS_PROFILE');
});
