import type { Dataset } from '../world.js';
import { sampleAnswers } from './answers.js';
import { commandLogs, errorLogs } from './debug-logs.js';
import { makeEvses } from './evses.js';
import { firmwareVersions } from './firmware-versions.js';
import { makeMakes } from './makes.js';
import { makeModels } from './models.js';
import { EXAMPLE_USER, makePeople } from './people.js';
import { statusLogs } from './status-logs.js';

export interface SampleOptions {
  /** The same seed gives the same data. Default 1. */
  seed?: number | string;
  /** Status logs of the first EVSE, from 1 to 100,000 or so. Default 300. */
  statusLogs?: number;
  /** Moment at which the data ends. Default 2026-06-30T21:00:00Z, so that the same seed gives the same data. */
  latest?: Date;
}

/** The sample data of a fake: the one part of it that knows paths and fields of the API. */
export function sampleData(options: SampleOptions = {}): (base: string) => Dataset {
  const seed = String(options.seed ?? 1);
  const count = options.statusLogs ?? 300;
  if (!Number.isInteger(count) || count < 1) {
    throw new RangeError(`statusLogs must be a whole number from 1, not ${String(count)}`);
  }
  const latest = (options.latest?.getTime() ?? Date.UTC(2026, 5, 30, 21)) * 1000;
  return (base) => {
    const people = makePeople(base, seed);
    const makes = makeMakes(base, seed, people);
    const models = makeModels(base, seed, makes, people);
    const evses = makeEvses(base, seed, people, models, latest);
    return {
      tables: [
        people.table,
        makes.table,
        models.table,
        evses.table,
        evses.clamps,
        statusLogs(base, seed, evses, count),
        commandLogs(seed, evses),
        errorLogs(seed, evses),
        firmwareVersions(base, seed),
      ],
      answers: sampleAnswers({ seed, people, makes, models, evses }),
      users: { path: '/users', header: 'EvEnergy-User', consenting: EXAMPLE_USER },
    };
  };
}
