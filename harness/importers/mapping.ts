import { HarnessError } from '../lib/error.ts';
import { isKeyOf } from '../lib/is-key-of.ts';
import { suggestion } from '../lib/suggestion.ts';
import { type Field, fieldNames, fields } from './fields.ts';
import { type Path, parsePath } from './path.ts';

/** Where each field stands in a row. */
export type Mapping = { readonly [field in Field]?: Path };

/** Of the files that were read, and of those of --puts. */
export type Mappings = { readonly reads: Mapping; readonly puts: Mapping };

/**
 * `--map seq=.sequenceNumber,key=.partitionKey`, several times; `puts.key=.orderId` is of the files of --puts alone.
 */
export const parseMappings = (texts: readonly string[]): Mappings => {
  const reads: { [field in Field]?: Path } = {};
  const puts: { [field in Field]?: Path } = {};
  for (const part of texts.flatMap((text) => text.split(/,(?=\s*(?:puts\.|reads\.)?\w+=)/))) {
    const [, side, name = '', path = ''] = /^\s*(?:(puts|reads)\.)?(\w+)=(.+?)\s*$/.exec(part) ?? [];
    if (!isKeyOf(fields, name)) throw unknownField(part, name);
    if (side !== 'puts') reads[name] = parsePath(path);
    if (side === 'puts' || (side === undefined && puts[name] === undefined)) puts[name] = parsePath(path);
  }
  return { reads, puts };
};

const unknownField = (part: string, name: string): HarnessError =>
  new HarnessError(
    'usage',
    `--map ${part}: ${name === '' ? 'expected FIELD=PATH' : `there is no field ${name}${suggestion(name, fieldNames)}`}`,
    {
      hint: `fields: ${fieldNames.join(', ')}; for instance --map seq=.sequenceNumber,shard=.shardId,key=.partitionKey,n=.data.counter,time=.ts`,
    },
  );

/** As it is typed. */
export const mappingText = (mapping: Mapping): string =>
  fieldNames.flatMap((field) => (mapping[field] === undefined ? [] : [`${field}=${mapping[field].text}`])).join(',');
