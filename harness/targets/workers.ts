/**
 * How many scenarios at once an engine bears where nobody says. Measured on two cores that had other work, one at a
 * time against four at once: kinesalite (all scenarios) 13 and 10 s, LocalStack (quick ones) 46 and 34 s; moto 22 and
 * 22 s; kinesis-local, which is one thread, 21 and 24 s twice (all: 44 and 47 s, though once 68 and 41 s); MiniStack
 * 59 s and more than 100 s, since what it loses is waited for four times as long. One for whatever was not measured,
 * AWS among them.
 */
const measured: Readonly<Record<string, number>> = { kinesalite: 4, localstack: 4 };

export const workersOf = (engine: string): number => measured[engine] ?? 1;
