import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { output, run } from '../../run.js';

/** A terminal of 80 columns that somebody types into. */
export interface Terminal extends AsyncDisposable {
  /** Types keys, as tmux names them: `Tab`, `Enter`, or a text. */
  type(...keys: readonly string[]): Promise<void>;
  /** The screen, once it fits the pattern; a line that the terminal had to break is one line. */
  screen(pattern: RegExp): Promise<string>;
}

/** Milliseconds for something to appear. */
const PATIENCE = 30_000;

/** Starts a command in tmux, in an environment with more than its own. */
export async function terminal(
  command: readonly string[],
  { cwd, env }: { cwd: string; env: Readonly<Record<string, string>> },
): Promise<Terminal> {
  // A server of its own, so that nobody's sessions are touched.
  const name = `ev-energy-${randomUUID()}`;
  for (const program of ['tmux', command[0] ?? ''])
    if ((await run('sh', ['-c', 'command -v "$0"', program], { cwd, env })).code !== 0)
      throw new Error(`This test needs ${program}: install it (apt-get install ${program})`);
  const tmux = (...args: string[]) => output('tmux', ['-L', name, '-f', '/dev/null', ...args], { cwd, env });
  await tmux('new-session', '-d', '-x', '80', '-y', '50', ...command);
  return {
    type: async (...keys) => void (await tmux('send-keys', ...keys)),
    screen: async (pattern) => {
      const end = Date.now() + PATIENCE;
      for (;;) {
        const shown = (await tmux('capture-pane', '-p', '-J')).replace(/ +$/gm, '');
        if (pattern.test(shown)) return shown;
        if (Date.now() > end) throw new Error(`nothing fits ${pattern}; the terminal shows:\n${shown}`);
        await sleep(100);
      }
    },
    [Symbol.asyncDispose]: async () => void (await run('tmux', ['-L', name, 'kill-server'])),
  };
}
