// A page that lists the makes of the API that its own address names.
import { EvEnergy, NotFoundError } from 'ev-energy-client';

const { searchParams } = new URL(location.href);
const ev = new EvEnergy({
  baseUrl: searchParams.get('api'),
  accessToken: searchParams.get('token'),
  validate: 'error',
});

for await (const make of ev.evseMakes.list({ page_size: 10 })) {
  document
    .querySelector('ul')
    .append(Object.assign(document.createElement('li'), { textContent: make.name }));
}
try {
  await ev.evseMakes.retrieve('emak00000000000000000000000000');
} catch (error) {
  document.querySelector('p').textContent = error instanceof NotFoundError ? 'not found' : String(error);
}
