/** Each act is its own builder, and in the registry by its type. Adding one: its file, and a line here. */
export { killConsumer } from './kill-consumer.ts';
export { pauseConsumer } from './pause-consumer.ts';
export { restartConsumer } from './restart-consumer.ts';
