import { defaultProfile, limitsOf } from '../model/limits.ts';
import type { ResolvedScenario } from './resolved.ts';

/** The problems of a scenario's stream and workload that are valid alone but not together. */
export const streamProblems = (scenario: ResolvedScenario): readonly string[] => [
  ...wrongStrategy(scenario),
  ...unpermittedReshards(scenario),
  ...foreignStack(scenario),
  ...(isOwn(scenario.stream) ? tooLarge(scenario) : []),
];

/** True if the harness creates the stream itself. */
export const isOwn = ({ existing, template }: ResolvedScenario['stream']): boolean =>
  existing === undefined && template === undefined;

const unpermittedReshards = ({ stream, reshard }: ResolvedScenario): readonly string[] =>
  stream.existing === undefined || stream.mayReshard === true || reshard.length === 0
    ? []
    : [
        `reshard: ${stream.existing} is not the harness's own, and would stay resharded: say stream.mayReshard: true if that is meant`,
      ];

const foreignStack = ({ stream, reshard }: ResolvedScenario): readonly string[] =>
  isOwn(stream)
    ? []
    : reshard.flatMap(({ action }, index) =>
        action === 'UpdateStack'
          ? [
              `reshard[${index}]: UpdateStack changes the template that the harness writes, and this stream has none: use UpdateShardCount`,
            ]
          : [],
      );

const wrongStrategy = ({ stream }: ResolvedScenario): readonly string[] =>
  stream.recordDistributionStrategy === undefined || stream.mode === 'ON_DEMAND'
    ? []
    : ['stream.recordDistributionStrategy: only a stream of mode ON_DEMAND has one'];

/** A problem if records are larger than the stream accepts: every put would fail, and nothing would be tested. */
export const tooLarge = ({ stream, workload, limits = defaultProfile }: ResolvedScenario): readonly string[] => {
  const size = workload.payload['size'];
  const given = stream.maxRecordSizeKiB;
  const { recordBytes } = limitsOf(limits, given === undefined ? {} : { maxRecordSizeInKiB: given });
  if (typeof size !== 'number' || size < recordBytes) return [];
  const limit =
    given === undefined
      ? 'a stream takes 1024 KiB unless stream.maxRecordSizeKiB says more'
      : `stream.maxRecordSizeKiB is ${given}`;
  return [`workload.payload.size: ${size} bytes and a key are more than a record may have, ${recordBytes}: ${limit}`];
};
