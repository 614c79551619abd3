import { main } from '../../../src/cli/main.js';
import type { Fake } from '../../../src/testing/index.js';

/** The environment of a command. */
interface Setting {
  /** Whether both outputs are a terminal. */
  isTTY?: boolean;
  columns?: number;
  /** Input that is typed, or comes through a pipe. */
  stdin?: string;
  signal?: AbortSignal;
  environment?: Record<string, string | undefined>;
  /** Called with all output, as it comes. */
  onOutput?: (text: string) => void;
}

/** Runs `ev-energy` in this process against a fake, with its credentials. */
export async function evEnergy(
  fake: Fake | undefined,
  args: readonly string[],
  { isTTY = false, columns, stdin = '', signal, environment = {}, onOutput }: Setting = {},
): Promise<{ code: number; stdout: string; stderr: string }> {
  const written = { stdout: '', stderr: '' };
  const into = (stream: 'stdout' | 'stderr') => ({
    isTTY,
    ...(columns === undefined ? {} : { columns }),
    write: (text: string | Uint8Array) => {
      written[stream] += Buffer.from(text).toString();
      onOutput?.(written[stream]);
    },
  });
  const code = await main(args, {
    stdin: Object.assign(typed(stdin), { isTTY }),
    stdout: into('stdout'),
    stderr: into('stderr'),
    environment: {
      // Not anyone's own login.
      EV_ENERGY_CONFIG: '/nonexistent',
      EV_ENERGY_BASE_URL: fake?.url,
      EV_ENERGY_CLIENT_ID: fake?.clientId,
      EV_ENERGY_CLIENT_SECRET: fake?.clientSecret,
      ...environment,
    },
    signal: signal ?? new AbortController().signal,
  });
  return { code, ...written };
}

async function* typed(text: string): AsyncGenerator<string> {
  if (text) yield text;
}
