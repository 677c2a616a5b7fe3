// Loaded before gateway-between.mjs: what stands between holds a call for so long, from the first bytes that it reads
// of a message to the first that it writes of it. On a busy machine, ratios of throughput say more about the others.
// Answers `added` with the lower decile of the second half, microseconds: of calls in which nobody took the core away.
import { Socket } from 'node:net';

const upstreamPort = Number(new URL(process.argv[3]).port);
const held = { request: [], answer: [] };
let read;

// oxlint-disable typescript/unbound-method -- both are called with the socket that they were called on
const { emit, write } = Socket.prototype;
// oxlint-enable typescript/unbound-method
Socket.prototype.emit = function (name, ...rest) {
  if (name === 'data')
    read = { of: this.remotePort === upstreamPort ? 'answer' : 'request', at: process.hrtime.bigint() };
  return emit.call(this, name, ...rest);
};
Socket.prototype.write = function (...rest) {
  const isForth = this.remotePort === upstreamPort;
  if (read !== undefined && isForth === (read.of === 'request')) {
    held[read.of].push(Number(process.hrtime.bigint() - read.at) / 1000);
    read = undefined;
  }
  return write.apply(this, rest);
};

const lowerDecile = (values) => {
  const later = values.slice(Math.floor(values.length / 2)).sort((a, b) => a - b);
  return later[Math.floor(later.length / 10)] ?? Number.NaN;
};

process.on('message', (message) => {
  if (message === 'added') process.send?.({ request: lowerDecile(held.request), answer: lowerDecile(held.answer) });
});
