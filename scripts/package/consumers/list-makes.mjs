// Plain JavaScript: lists the makes of the API that EV_ENERGY_BASE_URL names, with the credentials of the environment.
import { EvEnergy } from 'ev-energy-client';
import { validators } from 'ev-energy-client/validators';

const makes = await new EvEnergy({ validators, validate: 'error' }).evseMakes.list().toArray();
console.log(makes.map((make) => make.name).join('\n'));
