import { freshRunId } from './random.ts';

/** The name of a run. The folder of its reports has it, too. */
export const freshRunName = (wallMs: number): string => `r-${freshRunId(wallMs)}`;

/** True for the folder of a run: others in `reports` are the user's own. */
export const isRunName = (name: string): boolean => /^r-[a-z0-9]+$/.test(name);
