import { inert } from '../exit/inert.js';

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
  const pass = (name: keyof Logger) => async (message: string) => {
    if (LOG_LEVELS.indexOf(name) < LOG_LEVELS.indexOf(level)) return;
    try {
      await logger[name](inert(message));
    } catch {
      // There is nowhere left to tell of a failure.
    }
  };
  return { debug: pass('debug'), info: pass('info'), warn: pass('warn'), error: pass('error') };
}
