import type { Readings } from './work.js';

/** Prepares a task for a subject; the returned function is run and measured repeatedly. */
export type Task = (origin: string, subject: string) => Run | Promise<Run>;

type Run = () => Promise<Readings>;
