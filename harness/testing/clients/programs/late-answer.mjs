// Between a client and the gateway, byte by byte: node late-answer.mjs N COMMAND… The N-th answer is taken from the
// gateway and never reaches the client, which gives up waiting.
import { spawn } from 'node:child_process';
import { connect, createServer } from 'node:net';

const [count, command, ...args] = process.argv.slice(2);
const { KINESIS_ORDER_HOST: host, KINESIS_ORDER_PORT: port } = process.env;
let answers = 0;

const server = createServer((client) => {
  const gateway = connect({ host, port: Number(port) });
  let isHeld = false;
  client.pipe(gateway);
  gateway.on('data', (bytes) => {
    answers += 1;
    isHeld ||= answers === Number(count);
    if (!isHeld) client.write(bytes);
  });
  gateway.on('close', () => !isHeld && client.destroy());
  client.on('close', () => gateway.destroy());
  for (const socket of [client, gateway]) socket.on('error', () => undefined);
});
server.listen(0, '127.0.0.1', () => {
  const endpoint = `http://127.0.0.1:${server.address().port}`;
  const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, AWS_ENDPOINT_URL_KINESIS: endpoint } });
  child.on('exit', (code) => process.exit(code ?? 1));
});
