import type { ConfigInput } from './settings.ts';

/** Gives `kinesis-order.config.ts` types and completion. It validates nothing: the loader does. */
export const defineConfig = (config: ConfigInput): ConfigInput => config;
