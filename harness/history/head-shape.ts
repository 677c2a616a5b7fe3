import { isAnomalyId } from '../model/anomaly.ts';
import {
  enumOf,
  type Fields,
  isFields,
  isOptional,
  isText,
  isTexts,
  isWhole,
  type Shape,
  wrong,
} from './shape-words.ts';

/** Checks the first line. Returns what is wrong, or undefined. */
export const head: Shape = (value) => {
  if (value['format'] !== 'kinesis-order-history') return wrong('format', '"kinesis-order-history"', value['format']);
  if (value['version'] !== 1) return headVersion(value['version']);
  if (!isText(value['run'])) return wrong('run', 'a string', value['run']);
  for (const field of ['stream', 'target', 'tolerances', 'scenario', 'versions']) {
    if (!isOptional(value[field], isFields)) return wrong(field, 'an object', value[field]);
  }
  if (!isOptional(value['recorded'], isTexts)) return wrong('recorded', 'a list of "puts", "pages"', value['recorded']);
  const startedAt = value['startedAt'];
  if (!isOptional(startedAt, (at) => isText(at) && !Number.isNaN(Date.parse(at)))) {
    return wrong('startedAt', 'an ISO 8601 time', startedAt);
  }
  return headInside(value) ?? headAdditions(value);
};

/** Checks the fields of the section Additions of the contract. */
const headAdditions = (value: Fields): string | undefined => {
  const { identity } = value;
  if (!isOptional(identity, isFields)) return wrong('identity', 'an object', identity);
  const { from, counter, scope, first } = (identity ?? {}) as Fields;
  return (
    enumOf('question', value['question'], ['service', 'pipeline']) ??
    enumOf('recorder', value['recorder'], ['harness', 'proxy', 'middleware', 'import']) ??
    enumOf('clock', value['clock'], ['none']) ??
    enumOf('identity.from', from, ['json', 're', 'module', 'none']) ??
    enumOf('identity.counter', counter, ['dense', 'sparse']) ??
    enumOf('identity.scope', scope, ['producer-key', 'key', 'producer']) ??
    (isOptional(first, isWhole) ? undefined : wrong('identity.first', 'a whole number', first)) ??
    headImport(value['import']) ??
    headExpect(value)
  );
};

const headImport = (value: unknown): string | undefined => {
  if (value === undefined) return undefined;
  if (!isFields(value)) return wrong('import', 'an object', value);
  const { format, files, lacks } = value;
  if (!isOptional(format, isText)) return wrong('import.format', 'a string', format);
  if (!isOptional(files, isTexts)) return wrong('import.files', 'a list of names', files);
  return isOptional(lacks, isTexts) ? undefined : wrong('import.lacks', 'a list of names', lacks);
};

const expectations: readonly string[] = ['forbid', 'allow', 'find', 'report', 'ignore'];

/** Rejects unknown anomaly ids: the claim that such an id means would silently not be made. Contract, rule 24. */
const headExpect = (value: Fields): string | undefined => {
  const expect = ((value['scenario'] ?? {}) as Fields)['expect'];
  if (expect === undefined || expect === null) return undefined;
  const field = 'scenario.expect';
  if (!isFields(expect)) return wrong(field, `an object with ${expectations.join(', ')}`, expect);
  for (const [how, ids] of Object.entries(expect)) {
    if (!expectations.includes(how)) return wrong(field, `one of ${expectations.join(', ')}`, how);
    if (ids === null) continue;
    if (!Array.isArray(ids)) return wrong(`${field}.${how}`, 'a list of anomaly ids', ids);
    const unknown: unknown = ids.find((id) => !isAnomalyId(id));
    if (unknown !== undefined) return wrong(`${field}.${how}`, 'anomaly ids (kinesis-order list shows them)', unknown);
  }
  return undefined;
};

const headInside = (value: Fields): string | undefined => {
  const stream = (value['stream'] ?? {}) as Fields;
  const retention = stream['retentionHours'];
  if (!isOptional(retention, (hours) => typeof hours === 'number' && hours >= 0)) {
    return wrong('stream.retentionHours', 'hours', retention);
  }
  if (!isOptional(stream['shared'], (shared) => typeof shared === 'boolean')) {
    return wrong('stream.shared', 'true or false', stream['shared']);
  }
  const tolerances = (value['tolerances'] ?? {}) as Fields;
  for (const field of ['settleMs', 'skewMs', 'clockSkewMs']) {
    if (!isOptional(tolerances[field], isWholeOrFraction))
      return wrong(`tolerances.${field}`, 'milliseconds', tolerances[field]);
  }
  const deviations = ((value['target'] ?? {}) as Fields)['deviations'];
  const isDeviation = (item: unknown): boolean =>
    isFields(item) && isText(item['id']) && isText(item['anomaly']) && isFields(item['when']);
  return isOptional(deviations, (list) => Array.isArray(list) && list.every(isDeviation))
    ? undefined
    : wrong('target.deviations', 'a list of {id, anomaly, when, sentence}', deviations);
};

const isWholeOrFraction = (value: unknown): boolean => typeof value === 'number' && value >= 0;

const headVersion = (version: unknown): string =>
  typeof version === 'number' && version > 1
    ? `version: this file is of format ${version}, this version of kinesis-order reads format 1: install a newer one`
    : wrong('version', '1', version);
