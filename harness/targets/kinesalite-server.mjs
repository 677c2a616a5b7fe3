// Runs kinesalite in its own process, so that an exception in it (a made-up NextToken causes one) ends the engine, not
// the run.
import { createRequire } from 'node:module';

const [path] = process.argv.slice(2);
const kinesalite = createRequire(import.meta.url)(path);
const server = kinesalite({ createStreamMs: 5, deleteStreamMs: 5, updateStreamMs: 5, shardLimit: 5000 });
server.on('error', (error) => {
  console.error(error.message);
  process.exit(1);
});
server.listen(0, '127.0.0.1', () => console.log(`listening on ${server.address().port}`));
