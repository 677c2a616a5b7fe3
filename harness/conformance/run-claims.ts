import type { ClientOptions } from '../kinesis/kinesis.ts';
import { rawClient } from '../kinesis/raw.ts';
import type { Clock } from '../lib/clock.ts';
import type { Random } from '../lib/random.ts';
import { type Asking, ask, type ClaimAnswer } from './ask-claim.ts';
import type { Claim } from './claim.ts';
import { streamPool } from './stream-pool.ts';

export type RunClaimsOptions = {
  readonly client: ClientOptions;
  readonly claims: Readonly<Record<string, Claim>>;
  /** Names the streams: `kinesis-order-<run>-<n>`. */
  readonly run: string;
  readonly clock: Clock;
  readonly random: Random;
  /** Ends the run: probes under way answer `no answer`, and their streams are removed all the same. */
  readonly signal: AbortSignal;
  /** Factor of the target for every deadline. */
  readonly slowness: number;
  /** How long something acknowledged may take to show, where it is not 1,500 ms times slowness. */
  readonly patienceMs?: number;
  /** Probes under way at once; the heavy ones among them go one after the other. */
  readonly parallel: number;
  /** Starts the engine again where it died of a probe. Without it, what comes after its death answers `no answer`. */
  readonly revive?: () => Promise<ClientOptions>;
  /** A probe begins. */
  readonly onAsk?: (claim: string) => void;
  readonly onAnswer?: (answer: ClaimAnswer, progress: ClaimsProgress) => void;
};

/** `again`: the claims that did not conform beside others, asked once more alone. */
export type ClaimsProgress = { readonly phase: 'asked' | 'again'; readonly done: number; readonly planned: number };

type Question = readonly [id: string, claim: Claim];

/**
 * Asks every claim, several at once, and answers in the order of the claims. An engine that dies takes the probes
 * under way with it: it is started again, and those are asked once more, one by one, so that the death is told of the
 * claim that brings it.
 */
export const runClaims = async (options: RunClaimsOptions): Promise<readonly ClaimAnswer[]> => {
  const questions = Object.entries(options.claims);
  const answers = new Map<string, ClaimAnswer>();
  const answered = (answer: ClaimAnswer): void => {
    answers.set(answer.claim, answer);
    options.onAnswer?.(answer, { phase: 'asked', done: answers.size, planned: questions.length });
  };
  let engine = engineOf(options.client, options);
  try {
    for (let left: readonly Question[] = questions; left.length > 0 && !options.signal.aborted; ) {
      const { suspects, unasked } = await round(engine, left, answered, options);
      for (const question of suspects) {
        engine = await revived(engine, options);
        answered(await alone(engine, question));
      }
      if (suspects.length > 0) engine = await revived(engine, options);
      left = unasked;
    }
    const doubtful = questions.filter(([id, claim]) => options.parallel > 1 && isDoubtful(answers.get(id), claim));
    for (const [index, question] of doubtful.entries()) {
      if (options.signal.aborted) break;
      const first = answers.get(question[0]);
      engine = await revived(engine, options);
      const second = await alone(engine, question);
      const answer = first === undefined || first.kind === second.kind ? second : both(first, second);
      answers.set(answer.claim, answer);
      options.onAnswer?.(answer, { phase: 'again', done: index + 1, planned: doubtful.length });
    }
  } finally {
    engine.close();
  }
  return questions.flatMap(([id]) => answers.get(id) ?? []);
};

/**
 * What did not conform beside other probes is asked once more with nothing else under way: an engine that stumbles
 * over its neighbours must not be blamed for the claim. Heavy claims were alone of their kind, and an engine that died
 * of one was asked alone already.
 */
const isDoubtful = (answer: ClaimAnswer | undefined, claim: Claim): boolean =>
  answer !== undefined &&
  claim.isHeavy !== true &&
  ['deviates', 'error', 'no answer'].includes(answer.kind) &&
  !answer.saw.startsWith(diedOfIt);

const both = (first: ClaimAnswer, second: ClaimAnswer): ClaimAnswer => ({
  ...second,
  saw: `${second.saw} (alone; with other probes under way: ${first.kind}, ${first.saw})`,
});

const diedOfIt = 'the engine died of it';

type Engine = {
  readonly onAsk: (claim: string) => void;
  readonly asking: Asking;
  readonly isAlive: () => Promise<boolean>;
  readonly close: () => void;
};

/** Of one call that moves little, on an engine of slowness 1: silence is found out soon. */
const lightTimeoutMs = 6_000;

const engineOf = (client: ClientOptions, options: RunClaimsOptions): Engine => {
  const heavy = rawClient(client);
  const requestTimeoutMs = Math.min(client.requestTimeoutMs, lightTimeoutMs * options.slowness);
  const light = rawClient({ ...client, requestTimeoutMs });
  return {
    onAsk: options.onAsk ?? ((): void => undefined),
    asking: { ...options, light, heavy, kept: streamPool(light.call, options) },
    isAlive: async () => {
      const answer = await light.call('ListStreams', { Limit: 1 });
      return answer.ok || answer.answered;
    },
    close: () => [light, heavy].forEach((raw) => raw.close()),
  };
};

const revived = async (engine: Engine, options: RunClaimsOptions): Promise<Engine> => {
  if (options.revive === undefined || (await engine.isAlive())) return engine;
  engine.close();
  return engineOf(await options.revive(), options);
};

/** Asked with nothing else under way: if the engine is dead afterwards, it died of this. */
const alone = async (engine: Engine, [id, claim]: Question): Promise<ClaimAnswer> => {
  engine.onAsk(id);
  const answer = await ask(id, claim, engine.asking);
  if (!(await hasDied(engine, answer))) return answer;
  return { ...answer, kind: 'no answer', saw: `${diedOfIt}; ${answer.saw}` };
};

/** Silence, and a connection that broke: asked once more, whether anybody is there. */
const hasDied = async (engine: Engine, { kind }: ClaimAnswer): Promise<boolean> =>
  (kind === 'no answer' || kind === 'error') && !(await engine.isAlive());

type Round = { readonly suspects: readonly Question[]; readonly unasked: readonly Question[] };

/** Until all are asked, or the engine is found dead. `suspects` were under way when it died. */
const round = async (
  engine: Engine,
  questions: readonly Question[],
  answered: (answer: ClaimAnswer) => void,
  { parallel, revive, signal }: RunClaimsOptions,
): Promise<Round> => {
  const light = questions.filter(([, claim]) => claim.isHeavy !== true);
  const heavy = questions.filter(([, claim]) => claim.isHeavy === true);
  const suspects: Question[] = [];
  let isDead = false;
  const lane = async (queue: Question[]): Promise<void> => {
    for (let question = queue.shift(); question !== undefined && !signal.aborted; question = queue.shift()) {
      engine.onAsk(question[0]);
      const answer = await ask(...question, engine.asking);
      const died = revive !== undefined && (await hasDied(engine, answer));
      if (died) suspects.push(question);
      else answered(answer);
      isDead ||= died;
      if (isDead) return;
    }
  };
  if (parallel === 1) await lane(light).then(() => lane(heavy));
  else await Promise.all([lane(heavy), ...Array.from({ length: parallel - 1 }, () => lane(light))]);
  return { suspects, unasked: [...light, ...heavy] };
};
