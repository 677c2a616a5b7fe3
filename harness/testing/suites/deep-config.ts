import { fileURLToPath } from 'node:url';
import { defineConfig, mergeConfig, type Plugin } from 'vitest/config';
import base from '../../../vitest.config.ts';

const ours = fileURLToPath(new URL('./deep-fast-check.ts', import.meta.url));

/** Replaces fast-check by `deep-fast-check.ts`, except for that file itself. */
const deepFastCheck: Plugin = {
  name: 'deep-fast-check',
  enforce: 'pre',
  resolveId: (id, importer) => (id === 'fast-check' && importer !== ours ? ours : undefined),
};

const hour = 3_600_000;

export default mergeConfig(
  base,
  defineConfig({
    plugins: [deepFastCheck],
    test: {
      testTimeout: 6 * hour,
      server: { deps: { inline: [/@fast-check\/vitest/] } },
    },
  }),
);
