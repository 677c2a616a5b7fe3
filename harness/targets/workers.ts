/**
 * The number of scenarios that an engine runs at once by default. Measured on two cores with other work, one at a time
 * against four at once: kinesalite (all scenarios) 13 and 10 s; LocalStack (quick ones) 46 and 34 s; moto 22 and 22 s;
 * kinesis-local, which is one thread, 21 and 24 s twice (all: 44 and 47 s, though once 68 and 41 s); MiniStack 59 s
 * and more than 100 s, because each record that it loses is awaited four times as long. Engines that were not
 * measured, such as AWS, get 1.
 */
const measured: Readonly<Record<string, number>> = { kinesalite: 4, localstack: 4 };

export const workersOf = (engine: string): number => measured[engine] ?? 1;
