import { formatInstant } from '../../document/values/instant.js';
import { Random } from '../made/random.js';
import type { Resource, Table } from '../resources/resource.js';
import { id } from './ids.js';
import { EXAMPLE_MODEL, type Models } from './models.js';
import { once } from './once.js';
import type { People } from './people.js';

/** The EVSE and the CT clamp of the document's examples. */
const EXAMPLE_EVSE = 'evse01HSH04KDEWF6Z4DB2J77J74K5';
const EXAMPLE_CLAMP = 'ctcl01HSNGYA1DQ91K5GQAPENECFSE';

const DAY = 86_400_000;
/** Most milliseconds over which the EVSEs were added. */
const SPAN = 800 * DAY;

const LOCK_MODES = ['UNLOCKED', 'SMART', 'LOCKED', null];
const STATES = [
  'COMMISSIONED',
  'CREATED_LINKED',
  'INSTALLED',
  'DECOMMISSIONED',
  'UNKNOWN',
  'PROBABLY_INSTALLED',
  'UNPAIRED',
  'PENDING',
  'ENROLLED',
  null,
];

export interface Evse extends Resource {
  id: string;
  url: string;
}

/** How an EVSE reports. */
export interface Reporting {
  /** Microseconds since 1970 of its newest status log. */
  newest: number;
  /** Its integration only says whether a vehicle is there and charging. */
  terse: boolean;
}

export interface Evses {
  /** In the order of their ids. */
  all: Evse[];
  /** By id; an EVSE that isn't here has never reported. */
  reporting: ReadonlyMap<string, Reporting>;
  clamps: Table;
  table: Table;
}

/**
 * @param count number of EVSEs.
 * @param latest the newest logs are older than this time, in microseconds since 1970.
 */
export function makeEvses(
  base: string,
  seed: string,
  count: number,
  { people, models, latest }: { people: People; models: Models; latest: number },
): Evses {
  const random = new Random(`${seed} evses`);
  const clamps: Resource[] = [];
  const reporting = new Map<string, Reporting>();
  const all = Array.from({ length: count }, (_, index): Evse => {
    const created = Date.UTC(2024, 2, 20, 10) + Math.floor(index * Math.min(7 * DAY, SPAN / count));
    const key = index === 0 ? EXAMPLE_EVSE : id('evse', created, random);
    const user = people.all[index % people.all.length];
    const url = `${base}/evses/${key}`;
    user?.evses.push(url);
    const clamp = index === 0 ? EXAMPLE_CLAMP : id('ctcl', created, random);
    const clamped = index === 0 || random.chance(0.5);
    const clampUrl = `${base}/ct_clamps/${clamp}`;
    if (clamped)
      clamps.push({ id: clamp, url: clampUrl, evse: url, calibration_factor: random.pick([1, 1, -1]) });
    // A few fell silent weeks ago, and the last one has never reported.
    const silence = index % 9 === 4 ? random.integer(5, 40) * 86_400e6 : random.integer(1e6, 880e6);
    const newest = latest - silence;
    const silent = index === count - 1 && index > 0;
    if (!silent) reporting.set(key, { newest, terse: index % 7 === 5 });
    const model =
      index === 0 ? models.all.find((known) => known.id === EXAMPLE_MODEL.id) : random.pick(models.all);
    return {
      id: key,
      url,
      cpid: index === 0 ? 'SYNC-2207-004913' : chargepointId(random),
      model: model?.url,
      user: user?.url,
      latest_status_log: silent ? null : `${base}/evse/${key}/status_logs/${formatInstant(newest)}/`,
      ct_clamp: clamped ? clampUrl : null,
      lock_mode: LOCK_MODES[(index + 1) % LOCK_MODES.length],
      location: index % 5 === 3 ? null : { ...user?.default_location.coordinates },
      lifecycle_state: STATES[index % STATES.length],
      charging_sub_sessions: `${base}/charging_sub_sessions/?evse_id=${key}`,
    };
  });
  const users = once(() => new Map(all.map(({ url, user }) => [url, user])));
  return {
    all,
    reporting,
    clamps: {
      path: '/ct_clamps',
      key: 'id',
      owner: ({ evse }) => users().get(String(evse)),
      items: () => clamps,
    },
    table: { path: '/evses', key: 'id', owner: 'user', items: () => [...all] },
  };
}

// Every maker uses its own format.
function chargepointId(random: Random): string {
  const digits = String(random.integer(0, 999_999)).padStart(6, '0');
  return random.pick([
    `SYNC-22${digits.slice(0, 2)}-${digits}`,
    `CP${digits}`,
    `evb-p${digits}`,
    `00:1a:22:${digits}`,
  ]);
}
