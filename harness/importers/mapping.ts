import { HarnessError } from '../lib/error.ts';
import { isKeyOf } from '../lib/is-key-of.ts';
import { suggestion } from '../lib/suggestion.ts';
import { type Field, fieldNames, fields } from './fields.ts';
import { type Path, parsePath } from './path.ts';

/** The path of each field in a row. */
export type Mapping = { readonly [field in Field]?: Path };

/** The mappings of the reads, and of the files of --puts. */
export type Mappings = { readonly reads: Mapping; readonly puts: Mapping };

/**
 * Parses `--map seq=.sequenceNumber,key=.partitionKey`, which may be repeated. `puts.key=.orderId` only applies to the
 * files of --puts.
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

/** The mapping in the form of --map. */
export const mappingText = (mapping: Mapping): string =>
  fieldNames.flatMap((field) => (mapping[field] === undefined ? [] : [`${field}=${mapping[field].text}`])).join(',');
