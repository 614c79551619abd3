import { isThenable } from '../send/thenable.js';

/** Takes messages; `console` is one. */
export interface Logger {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'off'] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];

/** A logger that passes on only what is at least as severe as `level`, and whose own failure changes no call. */
export function leveled(logger: Logger, level: LogLevel): Logger {
  const pass = (name: keyof Logger) => (message: string) => {
    if (!logs(level, name)) return;
    try {
      const logged: unknown = logger[name](message);
      // There is nowhere left to tell of a failure.
      if (isThenable(logged)) logged.then(undefined, () => {});
    } catch {}
  };
  return { debug: pass('debug'), info: pass('info'), warn: pass('warn'), error: pass('error') };
}

/** Whether messages as severe as `name` are logged at the level. */
export function logs(level: LogLevel, name: LogLevel): boolean {
  return LOG_LEVELS.indexOf(name) >= LOG_LEVELS.indexOf(level);
}
