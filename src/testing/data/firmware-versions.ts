import { Random } from '../made/random.js';
import type { Table } from '../resources/resource.js';
import { id } from './ids.js';

/** The firmware version of the document's examples. */
const EXAMPLE = 'evsf01HSH04M1RE0ZBGJ09TQM83XSS';

/** The versions that EVSEs run, oldest first. */
export const VERSIONS = [1, 2, 3].flatMap((major) =>
  Array.from({ length: 9 }, (_, minor) => `${major}.${minor}.${(major * 7 + minor * 3) % 10}`),
);

export function firmwareVersions(base: string, seed: string): Table {
  const random = new Random(`${seed} firmware`);
  const items = VERSIONS.map((version, index) => {
    const key = index === 8 ? EXAMPLE : id('evsf', Date.UTC(2024, 0, 8 + 9 * index, 9), random);
    const announced = random.chance(0.7);
    return {
      id: key,
      url: `${base}/evse_firmware_versions/${key}`,
      version,
      public_version: announced ? version.split('.').slice(0, 2).join('.') : null,
      change_log: announced
        ? random.pick(['More reliable connection.', 'Load balancing.', 'Small fixes.'])
        : null,
      support_url: random.chance(0.5) ? `https://support.example.com/firmware/${version}` : null,
    };
  });
  return { path: '/evse_firmware_versions', key: 'id', items: () => items };
}
