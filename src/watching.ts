import { type Logger, type LogLevel, leveled, logs } from './logger.js';
import type { Observers } from './observers.js';
import type { Watch } from './watch.js';

/** Gives the watch, where there is someone to tell; without one it is never loaded, and calls cost nothing more. */
export function createWatch(
  observers: Observers,
  logger: Logger,
  level: LogLevel,
): (() => Promise<Watch>) | undefined {
  const { onRequest, onResponse, onRetry } = observers;
  if (!onRequest && !onResponse && !onRetry && !logs(level, 'info')) return undefined;
  let watch: Promise<Watch> | undefined;
  return () => {
    watch ??= import('./watch.js').then(
      ({ Watch }) => new Watch({ onRequest, onResponse, onRetry }, leveled(logger, level)),
    );
    return watch;
  };
}
