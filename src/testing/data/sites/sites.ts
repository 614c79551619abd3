import { Random } from '../../made/random.js';
import type { Resource, Table } from '../../resources/resource.js';
import type { Evses } from '../evses.js';
import { id } from '../ids.js';

/** The site of the document's examples. */
const EXAMPLE_SITE = 'site01HT82RAH23XWD7SD13B8MA4B4';

/** The systems that sites are connected to. */
const SYSTEMS = [
  { system: 'CHARGEPOINT', name: 'ChargePoint' },
  { system: 'SWTCH', name: 'SWTCH' },
  { system: null, name: null },
];
const EVSES = 3;

/** Places with several EVSEs: the first ones of the fleet, a few at each. */
export function siteTable(base: string, seed: string, evses: Evses): Table {
  const random = new Random(`${seed} sites`);
  const owners = new Map(evses.all.slice(0, EVSES * SYSTEMS.length).map(({ url, user }) => [url, user]));
  const sites = SYSTEMS.map(({ system, name }, index): Resource => {
    const key = index === 0 ? EXAMPLE_SITE : id('site', Date.UTC(2024, 5, 1 + index), random);
    return {
      id: key,
      url: `${base}/evse_sites/${key}`,
      evses: [...owners.keys()].slice(index * EVSES, (index + 1) * EVSES),
      cpms_connection: system,
      cpms_connection_display_name: name,
      // It depends on the user; without one it is unknown.
      user_connected: null,
    };
  });
  const charges = (userId: string, { evses: there }: Resource) =>
    (there as string[]).some((url) => String(owners.get(url)).endsWith(`/${userId}`));
  return {
    path: '/evse_sites',
    key: 'id',
    items: () => sites,
    personal: {
      user_connected: (_, userId, site) => (site.cpms_connection === null ? null : charges(userId, site)),
    },
  };
}
