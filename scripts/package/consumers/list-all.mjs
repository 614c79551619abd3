// Lists the makes of the API that EV_ENERGY_BASE_URL names, page by page, without validators.
import { EvEnergy } from 'ev-energy-client';

for await (const make of new EvEnergy().evseMakes.list({ page_size: 10 })) console.log(make.name);
