import type { Arm } from './arms.ts';

/** The path of a program's output; undefined for an arm that is not a program. */
export const logOf = ({ producer }: Arm, history: string | undefined): string | undefined =>
  producer.type === 'command' ? history?.replace(/\.ndjson(\.gz)?$/, '.p1.log') : undefined;
