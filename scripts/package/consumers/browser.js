// A page that lists the makes of the API that its own address names, and shows what redirects come to.
import { EvEnergy, NotFoundError } from 'ev-energy-client';
import { validators } from 'ev-energy-client/validators';

const { searchParams } = new URL(location.href);
const ev = new EvEnergy({
  baseUrl: searchParams.get('api'),
  accessToken: searchParams.get('token'),
  validators,
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

const { evseMakes, evseOnboarding } = ev;
const start = {
  user_id: 'user01HN2NJ9NMRZBXT1H6FT9N7735',
  client_id: 'app',
  make_id: searchParams.get('make'),
};
const answers = await Promise.allSettled([
  evseOnboarding.retrieve({ ...start, response_type: 'json' }),
  evseOnboarding.retrieve(start),
  evseMakes.retrieve(searchParams.get('moved')),
]);
document.querySelector('pre').textContent = JSON.stringify(
  answers.map(({ value, reason }) => value ?? reason),
);
