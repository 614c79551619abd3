// A worker that answers with the makes of the API that its environment names.
import { EvEnergy } from 'ev-energy-client';

export default {
  async fetch(_request, { EV_ENERGY_BASE_URL: baseUrl }) {
    const makes = await new EvEnergy({ baseUrl }).evseMakes.list().toArray();
    return new Response(makes.map((make) => make.name).join('\n'));
  },
};
