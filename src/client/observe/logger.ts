import { inert } from '../../text/words.js';

/** Receives log messages; `console` is one. */
export interface Logger {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'off'] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];

/**
 * A logger that drops messages below its level. A message that is costly to make is passed as a function, called only
 * if the message is logged.
 */
export type LeveledLogger = Readonly<Record<keyof Logger, (message: string | (() => string)) => void>>;

/**
 * If the logger throws, no call fails.
 * @param hide takes out secrets
 */
export function leveled(logger: Logger, level: LogLevel, hide: (text: string) => string): LeveledLogger {
  const pass = (name: keyof Logger) => {
    if (LOG_LEVELS.indexOf(name) < LOG_LEVELS.indexOf(level)) return () => {};
    return async (message: string | (() => string)) => {
      try {
        await logger[name](inert(hide(typeof message === 'string' ? message : message())));
      } catch {
        // If the log fails, there is nowhere left to report it.
      }
    };
  };
  return { debug: pass('debug'), info: pass('info'), warn: pass('warn'), error: pass('error') };
}
