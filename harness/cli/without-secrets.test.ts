import { expect, test } from 'vitest';
import { withoutSecrets } from './without-secrets.ts';

test.each([
  [['python', 'producer.py', '--count', '5'], 'python producer.py --count 5'],
  [['app', '--api-key', 'abc', '--password=hunter2', 'TOKEN=x'], "app --api-key '****' '--password=****' 'TOKEN=****'"],
  [['app', 'https://me:pw@host/x'], "app 'https://****@host/x'"],
  [['app', 'AKIAIOSFODNN7EXAMPLE'], "app '****'"],
  [['record', '--id', 'json:/seq,key=/k'], 'record --id json:/seq,key=/k'],
])('%j', (words, text) => {
  expect(withoutSecrets(words)).toBe(text);
});
