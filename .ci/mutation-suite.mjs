// The parts of Vitest that the tests of the judge use, for one process: `describe`, `it`, `test`, their `each`,
// `beforeAll`, `afterAll`, `expect`, and the properties of fast-check.
import { format } from 'node:util';
import { JestAsymmetricMatchers, JestChaiExpect, JestExtend } from '@vitest/expect';
import * as chai from 'chai';
import fc from 'fast-check';

for (const plugin of [JestExtend, JestChaiExpect, JestAsymmetricMatchers]) chai.use(plugin);

/** Tests by their full names, in the order of definition, and hooks for before the first and after the last test. */
export const suite = () => {
  const tests = new Map();
  const before = [];
  const after = [];
  const path = [];
  const describe = (name, body) => {
    path.push(name);
    body();
    path.pop();
  };
  const it = (name, ...rest) => {
    const body = rest.findLast((one) => typeof one === 'function');
    const id = [...path, name].join(' > ');
    tests.set(tests.has(id) ? `${id} (${tests.size})` : id, body);
  };
  const eachOf = (define) => (cases) => (name, body) => {
    for (const one of cases) {
      const values = Array.isArray(one) ? one : [one];
      define(named(name, values), () => body(...values));
    }
  };
  describe.each = eachOf(describe);
  it.each = eachOf(it);
  it.prop = (arbitraries, options) => (name, body) =>
    it(name, () => {
      const run = Array.isArray(arbitraries)
        ? fc.asyncProperty(...arbitraries, async (...values) => (await body(...values)) ?? undefined)
        : fc.asyncProperty(fc.record(arbitraries), async (values) => (await body(values)) ?? undefined);
      return fc.assert(run, options);
    });
  const unreachable = () => chai.assert.fail('this was not to be reached');
  const expect = Object.assign((value, message) => chai.expect(value, message), chai.expect, { unreachable });
  const api = {
    describe,
    it,
    test: it,
    expect,
    fc,
    beforeAll: (hook) => before.push(hook),
    afterAll: (hook) => after.push(hook),
  };
  return { api, tests, before, after };
};

const named = (name, values) => {
  if (/\$\w/.test(name) && typeof values[0] === 'object')
    return name.replace(/\$([\w.]+)/g, (_, key) => String(key.split('.').reduce((of, part) => of?.[part], values[0])));
  return format(name, ...values.slice(0, name.match(/%[sdifjo]/g)?.length ?? 0)).slice(0, 400);
};
