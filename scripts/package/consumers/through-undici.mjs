// Lists the makes of the API that EV_ENERGY_BASE_URL names, over undici.
import { EvEnergy } from 'ev-energy-client';
import { undiciTransport } from 'ev-energy-client/undici';

const fetch = undiciTransport({ connections: 1 });
const makes = await new EvEnergy({ fetch }).evseMakes.list().toArray();
await fetch.close();
console.log(makes.map((make) => make.name).join('\n'));
