/** The builders of all acts; the registry has each by its type. To add an act, add its file and a line here. */
export { killConsumer } from './kill-consumer.ts';
export { pauseConsumer } from './pause-consumer.ts';
export { restartConsumer } from './restart-consumer.ts';
