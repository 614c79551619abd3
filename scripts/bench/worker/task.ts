import type { Readings } from './work.js';

/** Prepares a task for a subject: what is returned is run again and again, and measured. */
export type Task = (origin: string, subject: string) => Run | Promise<Run>;

type Run = () => Promise<Readings>;
