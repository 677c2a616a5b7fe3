// Loaded before gateway-between.mjs. Measures how long the process holds a message, from the first bytes that it reads
// to the first that it writes. On a busy machine, ratios of throughput depend more on other load. Answers `added` with
// the lower decile of the second half, in microseconds: calls during which no other process took the core.
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
