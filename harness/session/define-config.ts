import type { ConfigInput } from './settings.ts';

/** Types and completion for `kinesis-order.config.ts`. Nothing is checked here: the loader does that. */
export const defineConfig = (config: ConfigInput): ConfigInput => config;
