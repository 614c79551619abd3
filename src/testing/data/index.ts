import type { Dataset } from '../world.js';
import { sampleAnswers } from './answers.js';
import { chargingAnswers } from './charging/answers.js';
import { makeCharging } from './charging/sessions.js';
import { commandLogs, errorLogs } from './debug-logs.js';
import { dispatchTables } from './dispatch/dispatch.js';
import { makeTariffs } from './energy/tariffs.js';
import { makeEvses } from './evses.js';
import { firmwareVersions } from './firmware-versions.js';
import { makeMakes } from './makes.js';
import { makeModels } from './models.js';
import { ocppLogs } from './ocpp-logs.js';
import { EXAMPLE_USER, makePeople } from './people.js';
import { programAnswers } from './programs/answers.js';
import { makePrograms } from './programs/programs.js';
import { rebateTables } from './programs/rebates.js';
import { clampLogs } from './sites/clamp-logs.js';
import { siteTable } from './sites/sites.js';
import { statusLogs } from './status-logs.js';
import { vehicleAnswers } from './vehicles/answers.js';
import { makeCatalogue } from './vehicles/catalogue.js';
import { vehicleLogs } from './vehicles/logs.js';
import { makeVehicles } from './vehicles/vehicles.js';

export interface SampleOptions {
  /** The same seed gives the same data. Default 1. */
  seed?: number | string;
  /** Number of EVSEs, at most 1,000,000 like the others. Default 36. */
  evses?: number;
  /** Number of vehicles. Default 15. */
  vehicles?: number;
  /** Number of users, who share the EVSEs and vehicles. Default 12, and more for a large fleet. */
  users?: number;
  /**
   * Number of status logs of the first EVSE and the first vehicle, from 1 to 100,000 or so. Default 300; the others
   * have 40.
   */
  statusLogs?: number;
  /** When the data ends. Default 2026-06-30T21:00:00Z, so that the same seed gives the same data. */
  latest?: Date;
}

/** The sample data of a fake: the only part that knows paths and fields of the API. */
export function sampleData(options: SampleOptions = {}): (base: string) => Dataset {
  const seed = String(options.seed ?? 1);
  const count = (name: 'evses' | 'vehicles' | 'users' | 'statusLogs', usual: number) => {
    const value = options[name] ?? usual;
    if (Number.isInteger(value) && value >= 1) return value;
    throw new RangeError(`${name} must be a whole number from 1, not ${String(value)}`);
  };
  const sizes = {
    evses: count('evses', 36),
    vehicles: count('vehicles', 15),
    logs: count('statusLogs', 300),
  };
  const users = count('users', Math.max(12, Math.ceil(Math.max(sizes.evses / 3, sizes.vehicles / 2))));
  const end = options.latest?.getTime() ?? Date.UTC(2026, 5, 30, 21);
  const latest = end * 1000;
  return (base) => {
    const people = makePeople(base, seed, users, end);
    const makes = makeMakes(base, seed, people);
    const models = makeModels(base, seed, makes, people);
    const tariffs = makeTariffs(base, seed, people, end);
    people.all.forEach(({ default_location: home }, index) => {
      home.tariff = index % 6 === 4 ? null : String(tariffs.all[index % tariffs.all.length]?.url);
    });
    const evses = makeEvses(base, seed, sizes.evses, { people, models, latest });
    const catalogue = makeCatalogue(base, seed);
    const vehicles = makeVehicles(base, seed, sizes.vehicles, { people, catalogue, latest });
    const charging = makeCharging(base, seed, { people, vehicles, evses, tariffs, latest: end });
    const programs = makePrograms(base, seed, people);
    return {
      tables: [
        people.table,
        makes.table,
        models.table,
        evses.table,
        evses.clamps,
        clampLogs(seed, latest),
        siteTable(base, seed, evses),
        statusLogs(base, seed, { evses, charging, count: sizes.logs }),
        commandLogs(seed, evses),
        errorLogs(seed, evses),
        ocppLogs(seed, evses),
        firmwareVersions(base, seed),
        ...catalogue.tables,
        vehicles.table,
        ...vehicleLogs(seed, { vehicles, charging, count: sizes.logs }),
        ...charging.tables,
        ...tariffs.tables,
        ...programs.tables,
        ...rebateTables(base, seed),
        ...dispatchTables(base, seed, latest),
      ],
      answers: {
        ...sampleAnswers({ seed, people, makes, models, evses }),
        ...vehicleAnswers(base, charging),
        ...chargingAnswers(charging, tariffs),
        ...programAnswers(programs),
      },
      users: { path: '/users', header: 'EvEnergy-User', consenting: EXAMPLE_USER },
      events: { 'charging_sub_session.ended': ({ end }) => end !== null },
    };
  };
}
