// Preloaded into engines that listen on all interfaces: nobody on the network may write into the stream under test.
const { Server } = require('node:net');

const listen = Server.prototype['listen'];
const local = '127.0.0.1';
const isOptions = (first) => typeof first === 'object' && first !== null && 'port' in first;

Server.prototype.listen = function bound(...args) {
  const [first, second, ...rest] = args;
  if (isOptions(first)) return listen.call(this, { ...first, host: local }, ...args.slice(1));
  if (typeof first !== 'number') return listen.apply(this, args);
  return listen.call(this, first, local, ...(typeof second === 'string' ? rest : args.slice(1)));
};
