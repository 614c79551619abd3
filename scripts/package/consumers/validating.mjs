// Lists the makes of the API that EV_ENERGY_BASE_URL names, and tells how their answer departs from the document.
import { EvEnergy } from 'ev-energy-client';
import { validators } from 'ev-energy-client/validators';

const ev = new EvEnergy({ validators, validate: 'error' });
await ev.evseMakes.list().then(
  () => console.log('as described'),
  ({ name, violations }) => console.log(name, ...violations.map(({ path }) => path)),
);
