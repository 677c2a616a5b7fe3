import type { TargetName } from '../../targets/registry.ts';

export type EngineChoice = { readonly target: TargetName; readonly version?: string };

/** Every engine that is available here without an account. Some are older versions, because LocalStack ships them. */
export const engineList: readonly EngineChoice[] = [
  { target: 'kinesis-local' },
  { target: 'kinesis-local', version: '0.5.2' },
  { target: 'kinesis-local', version: '0.4.13' },
  { target: 'kinesalite' },
  { target: 'localstack', version: '4.14.0' },
  { target: 'moto' },
  { target: 'ministack' },
];

export const labelOf = ({ target, version }: EngineChoice): string =>
  version === undefined ? target : `${target}@${version}`;
