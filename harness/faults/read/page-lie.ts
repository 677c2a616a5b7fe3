import { z } from 'zod';
import type { AnomalyId } from '../../model/anomaly.ts';
import { isOk } from '../answers.ts';
import { defineFault } from '../define-fault.ts';
import type { ProxiedCall, Shape } from '../fault.ts';
import { once } from '../once.ts';
import { recordsOf } from './pages.ts';
import { isReadFrom, needsReader, readDetail, readOptions } from './read-options.ts';

type PageLie<Type extends string> = {
  readonly type: Type;
  readonly summary: string;
  readonly planted: readonly AnomalyId[];
  /** The number of records that a page must have for the lie to fire. */
  readonly least: number;
  /** Returns the fields of the page that are replaced. */
  readonly lie: (records: readonly Shape[], call: ProxiedCall) => Shape;
};

/**
 * Defines a lie about one page, which fires once: at the first page that has enough records, from the given read on.
 */
export const pageLie = <const Type extends string>({ least, lie, ...told }: PageLie<Type>) =>
  defineFault({
    ...told,
    at: 'read',
    options: z.strictObject({ ...readOptions }),
    conflicts: needsReader,
    arm: (options, tools) =>
      once(
        (call) => isReadFrom(options, call, tools),
        async (call, forward, done) => {
          const answer = await forward(call.body);
          if (!isOk(answer) || recordsOf(answer).length < least) return answer;
          done();
          tools.fired(call, readDetail(call));
          return { ...answer, body: { ...answer.body, ...lie(recordsOf(answer), call) } };
        },
      ),
  });
