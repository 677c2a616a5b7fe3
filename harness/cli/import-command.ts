import { rm } from 'node:fs/promises';
import { fieldNames } from '../importers/fields.ts';
import { type Imported, importHistory } from '../importers/import-history.ts';
import { type Mapping, mappingText, parseMappings } from '../importers/mapping.ts';
import { parseZones } from '../importers/read-zone.ts';
import type { ImportFile } from '../importers/reading.ts';
import { type FormatName, formats } from '../importers/registry.ts';
import { systemClock } from '../lib/clock.ts';
import { HarnessError, messageOf } from '../lib/error.ts';
import { isKeyOf } from '../lib/is-key-of.ts';
import { ownVersion } from '../lib/own-version.ts';
import { print } from '../lib/print.ts';
import { freshRunId } from '../lib/random.ts';
import { several } from '../lib/several.ts';
import { shellWord } from '../lib/shell-word.ts';
import { nearest } from '../lib/suggestion.ts';
import { judgingOfFlags } from '../session/judging-flags.ts';
import type { TargetFlags } from '../session/target-choice.ts';
import { headIdentity, identifierOf } from '../tap/identity/identify.ts';
import { parseIdentity } from '../tap/identity/parse.ts';
import { interruption } from './interrupt.ts';
import { assertNoInput } from './output.ts';
import { countFlag, timeFlag } from './record-flags.ts';

/** The flags as commander passes them. */
export type ImportFlags = TargetFlags & {
  readonly config?: string;
  readonly with?: readonly string[];
  readonly out: string;
  readonly map?: readonly string[];
  readonly id?: string;
  readonly prefix?: string;
  readonly puts?: readonly string[];
  readonly reads?: readonly string[];
  readonly shards?: string;
  readonly zone?: readonly string[];
  readonly clockSkew?: string;
  readonly reader: string;
  readonly stream?: string;
  readonly question: string;
  readonly broken: string;
};

/** `import`: turns dumps and logs into a history. Returns the exit code. */
export const importCommand = async (format: string, paths: readonly string[], flags: ImportFlags): Promise<number> => {
  const files = filesOf(format, paths, flags);
  assertFile(flags.out);
  await assertNoInput(
    [flags.out],
    [...files.map(({ path }) => path), ...(flags.shards === undefined ? [] : [flags.shards])],
  );
  const spec = parseIdentity(flags.id ?? 'none');
  const mappings = parseMappings(flags.map ?? []);
  const { signal, dispose } = interruption();
  const folders: string[] = [];
  try {
    const imported = await importHistory({
      files,
      mappings,
      identify: await identifierOf(spec),
      identity: spec.from === 'none' ? { from: 'json' } : headIdentity(spec),
      prefix: prefixOf(flags.prefix),
      out: flags.out,
      run: `import-${freshRunId(systemClock().wallMs())}`,
      version: ownVersion(),
      question: judgingOfFlags({ question: flags.question }).question ?? 'pipeline',
      reader: flags.reader,
      clockSkewMs: timeFlag('--clock-skew', flags.clockSkew),
      zones: parseZones(flags.zone ?? []),
      shards: flags.shards,
      stream: flags.stream,
      brokenMax: countFlag('--broken', flags.broken) ?? 0,
      signal,
      readStream: async (name, guessed) => {
        const read = await (await import('./read-stream.ts')).readStream(
          name,
          flags,
          flags.id === undefined && guessed !== undefined ? parseIdentity(guessed) : spec,
          signal,
        );
        folders.push(read.folder);
        return read.path;
      },
    });
    print.err(`${wordsOf(imported, flags).join('\n')}\n`);
    return 0;
  } finally {
    for (const folder of folders) await rm(folder, { recursive: true, force: true });
    dispose();
  }
};

const wordsOf = ({ words, found, records }: Imported, { out, map, id }: ImportFlags): readonly string[] => [
  ...found.flatMap(({ file, mapping, identity, isTimed }) => [
    ...(mapping === undefined
      ? []
      : [`${file}: ${shownMapping(mapping, { isGiven: map !== undefined, isTimed, hasId: id !== undefined })}`]),
    ...(identity === undefined ? [] : [`${file}: --id ${shellWord(identity)} (guessed)`]),
  ]),
  ...words,
  `${several(records, 'record')} in ${out}; now: kinesis-order check ${shellWord(out)}`,
];

type Shown = { readonly isGiven: boolean; readonly isTimed: boolean; readonly hasId: boolean };

const shownMapping = (mapping: Mapping, { isGiven, isTimed, hasId }: Shown): string => {
  const fields = missingOf(mapping).filter((field) => field !== 'n' || !hasId);
  const missing = [...fields, ...(isTimed ? [] : ['time'])];
  const lacking = missing.length === 0 ? '' : `; not found: ${missing.join(', ')}`;
  return `--map ${shellWord(mappingText(mapping))}${isGiven ? '' : ' (guessed)'}${lacking}`;
};

/** Fields without which something is not judged. Any field that can serve as the key counts. */
const missingOf = (mapping: Mapping): readonly string[] =>
  fieldNames
    .slice(0, 5)
    .filter(
      (field) => mapping[field] === undefined && field !== 'flow' && (field !== 'key' || mapping.flow === undefined),
    );

const filesOf = (
  format: string,
  paths: readonly string[],
  { puts = [], reads = [], with: beside = [], reader }: ImportFlags,
): readonly ImportFile[] => {
  const name = formatOf(format);
  const asked = [...paths, ...reads, ...beside].map((text) => fileOf(text, name, false));
  // If other applications are named, the remaining files belong to --reader.
  const isOfSeveral = asked.some((file) => file.reader !== undefined);
  const files = [
    ...puts.map((text) => fileOf(text, name, true)),
    ...asked.map((file) => (isOfSeveral && file.reader === undefined && !isStream(file) ? { ...file, reader } : file)),
  ];
  if (files.length > 0) return files;
  throw new HarnessError('usage', `import ${format}: no file is named`, {
    hint: `kinesis-order import ${format} FILE --out h.ndjson`,
  });
};

/** The history is written while the files are read, and its head first. */
const assertFile = (out: string): void => {
  if (out !== '-') return;
  throw new HarnessError('usage', '--out -: a history is a file, and is not written to standard output', {
    hint: '--out h.ndjson, and then kinesis-order check h.ndjson',
  });
};

const isStream = ({ format }: ImportFile): boolean => format === 'stream';

/** `FILE`, `FORMAT:FILE`, `reader=NAME:FILE` or `reader=NAME:FORMAT:FILE`. */
const fileOf = (text: string, format: FormatName, isPut: boolean): ImportFile => {
  const [, reader, rest = text] = (isPut ? null : /^reader=([^:]+):(.+)$/.exec(text)) ?? [];
  const [, named = '', path = ''] = /^([a-z-]+):(.+)$/.exec(rest) ?? [];
  const source = isKeyOf(formats, named) ? { format: named, path } : { format, path: rest };
  const file: ImportFile = { ...source, isPut, ...(reader === undefined ? {} : { reader }) };
  const { flags }: { readonly flags: readonly string[] } = formats[file.format];
  if (!isPut || flags.includes('puts')) return file;
  throw new HarnessError('usage', `--puts ${text}: ${file.format} tells what a consumer was given, and no puts`);
};

const formatOf = (text: string): FormatName => {
  if (isKeyOf(formats, text)) return text;
  const names = Object.keys(formats);
  throw new HarnessError('usage', `there is no format ${JSON.stringify(text)}${nearest(text, names)}`, {
    hint: `possible: ${names.join(', ')}. kinesis-order check FILE tells which one a file looks like`,
  });
};

const prefixOf = (text: string | undefined): RegExp | undefined => {
  if (text === undefined) return undefined;
  try {
    return new RegExp(text.startsWith('^') ? text : `^(?:${text})`, 'u');
  } catch (thrown) {
    throw new HarnessError('usage', `--prefix ${text}: ${messageOf(thrown)}`);
  }
};
