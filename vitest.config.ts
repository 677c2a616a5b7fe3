import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      { find: /^kinesis-order$/, replacement: source('./harness/index.ts') },
      { find: /^kinesis-order\/vitest$/, replacement: source('./harness/vitest.ts') },
    ],
  },
  test: {
    include: ['harness/**/*.test.ts'],
    // Marks are for mutation testing, which writes them first.
    exclude: ['**/node_modules/**', 'harness/testing/marks/**'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Several test files start an engine each; two cores bear two at a time.
    maxWorkers: 2,
  },
});
