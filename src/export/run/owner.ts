import { createHash } from 'node:crypto';
import { ConfigurationError } from '../../client/errors/configuration-error.js';
import { type EvEnergy, serverOf } from '../../client/ev-energy.js';
import { cut } from '../../client/exit/redactor.js';
import { inert } from '../../text/words.js';
import type { Settings } from '../settings.js';

/**
 * Identifies the export that a record belongs to. An export that differs in a field must not continue with the record:
 * what the record calls done isn't done for it. An unknown field is left out: it becomes known later, or an older
 * version wrote the record.
 */
export interface Owner {
  readonly collection?: string | undefined;
  readonly by?: string | undefined;
  readonly server?: string | undefined;
  readonly application?: string | undefined;
  readonly query?: Readonly<Record<string, unknown>> | undefined;
  /** What the sink calls itself. */
  readonly sink?: string | undefined;
}

/** Whether we only look at the sink, or open it to write. */
type Look = 'check' | 'open';

/** Of sinks that don't name themselves, such as functions. */
const NAMELESS = 'a sink without a name';

/**
 * The owner of this export's record, whether or not there is one yet. A sink that names itself only when opened has no
 * name before.
 */
export async function ownerOf(ev: EvEnergy, settings: Settings, look: Look): Promise<Owner> {
  const { collection, sink } = settings;
  const name = (await sink[look]?.(collection.name)) ?? undefined;
  const untold = look === 'check' && sink.open ? undefined : NAMELESS;
  return { ...ownerWithoutSink(ev, settings), sink: name ?? untold };
}

export function ownerWithoutSink(ev: EvEnergy, { collection, application, query }: Settings): Owner {
  return {
    collection: `${collection.row.method} ${collection.row.path}`,
    by: collection.by,
    server: serverOf(ev),
    application,
    query: Object.fromEntries(Object.entries(query).sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/** Short, and the same for the same owner on every machine. */
export function ownerId(owner: Owner): string {
  const { collection, by, server, application, query, sink } = owner;
  const text = JSON.stringify([collection, by, server, application, query, sink]);
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/**
 * The first field in which a record's owner differs from this export's, with both values; undefined if there is none.
 */
function differenceOf(kept: Owner, ours: Owner): string | undefined {
  if (kept.collection !== ours.collection || kept.by !== ours.by)
    return typeof kept.collection === 'string' ? shown(kept.collection) : 'of no collection';
  for (const field of ['server', 'application', 'query', 'sink'] as const) {
    const [theirs, own] = [kept[field], ours[field]];
    // An unknown field can't differ.
    if (theirs === undefined || own === undefined || JSON.stringify(theirs) === JSON.stringify(own)) continue;
    return `${field}: ${shown(theirs)}, not ${shown(own)}`;
  }
  return undefined;
}

/** Most characters that an error shows of a field. */
const LONGEST = 200;

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return inert(cut(text, LONGEST));
}

/** Where a record is kept, for errors. */
export interface Place {
  /** How an error about it begins: `journal: logs/.journal`. */
  readonly name: string;
  /** The end of `the unfinished export …`. */
  readonly where: string;
  /** What to set so that the export gets a record of its own. */
  readonly instead: string;
}

/** @throws ConfigurationError if the record is that of another export */
export function refuseForeign(kept: Owner | undefined, ours: Owner, { name, instead }: Place): void {
  const difference = kept && differenceOf(kept, ours);
  if (difference === undefined) return;
  throw new ConfigurationError(`${name} is that of another export (${difference}); give another ${instead}`);
}
