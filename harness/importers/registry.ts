import { csv } from './csv.ts';
import { firehose } from './firehose.ts';
import type { Format } from './format.ts';
import { jsonl } from './jsonl.ts';
import { kclLog } from './kcl-log.ts';
import { lambdaEvent } from './lambda-event.ts';
import { log } from './log.ts';
import { stream } from './stream.ts';

/** Formats by the name that is typed behind `import`. Adding one: a file and a line. */
export const formats = {
  jsonl,
  csv,
  log,
  'lambda-event': lambdaEvent,
  firehose,
  'kcl-log': kclLog,
  stream,
} as const satisfies Record<string, Format>;

export type FormatName = keyof typeof formats;
