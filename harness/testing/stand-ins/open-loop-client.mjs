// An open-loop client that knows nothing of this tool: PutRecord at fixed times, whatever the answers do. Prints the
// latencies from when each put was due, in milliseconds, as JSON. `open-loop-client.mjs ENDPOINT RATE COUNT`
import { Agent, request } from 'node:http';

const [endpoint, rate, count] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const agent = new Agent({ keepAlive: true, maxSockets: 1000 });
const start = performance.now() + 50;
const latencies = [];

const put = (due) => {
  const body = JSON.stringify({ StreamName: 's', PartitionKey: 'k', Data: 'eA==' });
  const call = request(endpoint, {
    method: 'POST',
    agent,
    headers: { 'x-amz-target': 'Kinesis_20131202.PutRecord', 'content-length': body.length },
  });
  call.on('response', (response) => {
    response.resume();
    response.on('end', () => {
      latencies.push(performance.now() - due);
      if (latencies.length < count) return;
      process.stdout.write(JSON.stringify(latencies));
      agent.destroy();
    });
  });
  call.end(body);
};

let sent = 0;
const tick = () => {
  while (sent < count && start + (sent * 1000) / rate <= performance.now()) {
    put(start + (sent * 1000) / rate);
    sent += 1;
  }
  if (sent < count) setTimeout(tick, 1);
};
tick();
