/** Takes messages; `console` is one. */
export interface Logger {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

const LEVELS = ['debug', 'info', 'warn', 'error', 'off'] as const;

export type LogLevel = (typeof LEVELS)[number];

const ignore = (): void => {};

/** A logger that passes on only what is at least as severe as `level`. */
export function leveled(logger: Logger, level: LogLevel): Logger {
  const from = (name: 'debug' | 'info' | 'warn' | 'error') =>
    LEVELS.indexOf(name) < LEVELS.indexOf(level) ? ignore : (message: string) => logger[name](message);
  return { debug: from('debug'), info: from('info'), warn: from('warn'), error: from('error') };
}

export function isLogLevel(value: unknown): value is LogLevel {
  return LEVELS.includes(value as LogLevel);
}
