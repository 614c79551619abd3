import { lazy } from '../send/lazy.js';
import { type Logger, type LogLevel, logs } from './logger.js';
import type { Observers } from './observers.js';
import type { Watch } from './watch.js';

/** Gives the watch, where there is someone to tell; without one it is never loaded, and calls cost nothing more. */
export function createWatch(
  observers: Observers,
  logger: Logger,
  level: LogLevel,
): (() => Watch | Promise<Watch>) | undefined {
  const { onRequest, onResponse, onRetry } = observers;
  if (!onRequest && !onResponse && !onRetry && !logs(level, 'info')) return undefined;
  return lazy(async () => {
    const { Watch } = await import('./watch.js');
    return new Watch({ onRequest, onResponse, onRetry }, logger, logs(level, 'debug'));
  });
}
