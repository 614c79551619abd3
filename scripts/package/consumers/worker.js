// A worker that answers with the makes of the API that its environment names.
import { EvEnergy } from 'ev-energy-client';
import { validators } from 'ev-energy-client/validators';

export default {
  async fetch(_request, { EV_ENERGY_BASE_URL, EV_ENERGY_CLIENT_ID, EV_ENERGY_CLIENT_SECRET }) {
    const ev = new EvEnergy({
      baseUrl: EV_ENERGY_BASE_URL,
      clientId: EV_ENERGY_CLIENT_ID,
      clientSecret: EV_ENERGY_CLIENT_SECRET,
      validators,
      validate: 'error',
    });
    const makes = await ev.evseMakes.list().toArray();
    return new Response(makes.map((make) => make.name).join('\n'));
  },
};
