import { type CollectionTag, Pair, Scalar, type ScalarTag, type Tags, YAMLMap, type YAMLSeq } from 'yaml';

/**
 * CloudFormation's short tags, each of which stands for a map of one key. Source: CloudFormation user guide,
 * "Intrinsic function reference".
 */
const functions = [
  'And',
  'Base64',
  'Cidr',
  'Equals',
  'FindInMap',
  'GetAtt',
  'GetAZs',
  'If',
  'ImportValue',
  'Join',
  'Length',
  'Not',
  'Or',
  'Select',
  'Split',
  'Sub',
  'ToJsonString',
  'Transform',
] as const;

const long = (short: string): string => (short === 'Ref' || short === 'Condition' ? short : `Fn::${short}`);

/**
 * The value of a short tag on a text. `!GetAtt Stream.Arn` is `{"Fn::GetAtt": ["Stream", "Arn"]}`: only the first dot
 * separates.
 */
const scalarValue = (short: string, text: string): unknown => {
  const dot = text.indexOf('.');
  return short === 'GetAtt' && dot > 0 ? [text.slice(0, dot), text.slice(dot + 1)] : text;
};

const wrapped = (short: string, value: YAMLMap | YAMLSeq): YAMLMap => {
  const map = new YAMLMap();
  map.add(new Pair(new Scalar(long(short)), value));
  return map;
};

const tagsOf = (short: string): readonly (ScalarTag | CollectionTag)[] => [
  // The value of a text is returned as it is. A collection is still a tree, and becomes values with the rest.
  { tag: `!${short}`, resolve: (text: string) => ({ [long(short)]: scalarValue(short, text) }) },
  { tag: `!${short}`, collection: 'seq', resolve: (node: YAMLMap.Parsed | YAMLSeq.Parsed) => wrapped(short, node) },
  { tag: `!${short}`, collection: 'map', resolve: (node: YAMLMap.Parsed | YAMLSeq.Parsed) => wrapped(short, node) },
];

export const templateTags: Tags = ['Ref', 'Condition', ...functions].flatMap(tagsOf);
