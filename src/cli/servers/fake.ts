import { Command } from 'commander';
import type { FakeOptions } from '../../testing/index.js';
import { portError, UsageError } from '../exit.js';
import { type Io, untilStopped } from '../io.js';
import { moment, portNumber, whole } from '../values.js';

interface Flags
  extends Pick<FakeOptions, 'cors' | 'evses' | 'vehicles' | 'users' | 'statusLogs' | 'latency'> {
  readonly port: number;
  readonly latest?: string;
  readonly seed?: string;
  readonly rateLimit?: number;
  readonly spec?: string;
}

/** `ev-energy fake`: a stateful fake of the API, until Ctrl-C. */
export function fakeCommand(io: Io): Command {
  return new Command('fake')
    .description(
      'Start a fake of the API on 127.0.0.1, until Ctrl-C. It has sample data that writes change, and the tokens, scopes, pages, expansions and quota of the API.',
    )
    .option('--port <n>', 'port to listen on; 0 for any free one', portNumber, 4010)
    .option('--cors', 'let pages of any origin call it from a browser')
    .option('--evses <n>', 'how many EVSEs there are', whole)
    .option('--vehicles <n>', 'how many vehicles there are', whole)
    .option('--users <n>', 'how many users there are', whole)
    .option('--status-logs <n>', 'logs of the first EVSE and the first vehicle', whole)
    .option('--latest <time>', 'time of the newest logs: 2026-11-01, or 1h ago (default: now)', moment)
    .option('--seed <text>', 'the same seed gives the same data')
    .option('--rate-limit <n>', 'requests in a rolling hour', whole)
    .option('--latency <ms>', 'milliseconds that every answer takes at least', whole)
    .option('--spec <file>', 'another OpenAPI document')
    .action(async (flags: Flags) => run(io, flags));
}

async function run(io: Io, { spec, latest, ...options }: Flags): Promise<void> {
  const { startFake } = await import('../../testing/index.js');
  const fake = await startFake({
    record: false,
    ...options,
    // A request for the logs of the last days then finds some.
    latest: latest === undefined ? new Date() : new Date(latest),
    ...(spec === undefined ? {} : { document: spec }),
  }).catch((error: Error) => {
    if (error instanceof RangeError) throw new UsageError(error.message);
    throw portError(error, options.port, '--port');
  });
  try {
    io.stdout.write(`A fake of the API answers at ${fake.url}

  export EV_ENERGY_BASE_URL=${fake.url}
  export EV_ENERGY_CLIENT_ID=${fake.clientId}
  export EV_ENERGY_CLIENT_SECRET=${fake.clientSecret}

Ctrl-C ends it.
`);
    await untilStopped(io);
  } finally {
    await fake.close();
  }
}
