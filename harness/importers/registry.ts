import { csv } from './csv.ts';
import { firehose } from './firehose.ts';
import type { Format } from './format.ts';
import { jsonl } from './jsonl.ts';
import { kclLog } from './kcl-log.ts';
import { lambdaEvent } from './lambda-event.ts';
import { log } from './log.ts';
import { stream } from './stream.ts';

/** Formats by their name in `import FORMAT`. To add one, add a file and a line here. */
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
