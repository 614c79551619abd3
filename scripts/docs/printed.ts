/** Compiled but not run: it needs what a test doesn't have, such as a framework, a page or a proxy. */
export const COMPILED = 'compiled';

export type Printed = RegExp | typeof COMPILED;

/** What the programs of a page print, in order. */
export const PRINTED: Readonly<Record<string, readonly Printed[]>> = {
  'README.md': [
    // Six lines
    /^(emak\w{26} .+\n){61}(\d{4}-\d\d-\d\dT\S+Z .+\n){10}$/,
    /^36\n$/,
  ],
  'docs/guide/authenticate.md': [/^61\n$/, /^100 logs\n$/, /^61\n$/, /^undefined\n$/],
  'docs/guide/contract.md': [/^([a-z-]+ .+\n)+$/, COMPILED],
  'docs/guide/errors.md': [/^no such make\n$/],
  'docs/guide/expand.md': [/^HTTP:\S+\n\S+ .+\n$/, /^http:\S+\n$/],
  'docs/guide/fleets.md': [
    /^\d+ requests, [\d.]+ hours\n\d+ logs of 36 EVSEs\n$/,
    // Runs until it is told to end.
    COMPILED,
  ],
  'docs/guide/migrate.md': [/^300\n$/, /^300\n$/, /^200 10\n$/, /^61\n$/],
  'docs/guide/pages.md': [
    /^10 true\n.+\n61\n(.+\n){61}30\n$/,
    /^true\n$/,
    /^(\S+Z (\d+|null|undefined)\n){100,}$/,
  ],
  'docs/guide/quota.md': [/^\d+ of 1000 requests left\n$/],
  'docs/guide/requests.md': [
    /^\S+ 1000\n$/,
    /^61\n$/,
    /^5\n$/,
    // The API has no such path.
    /^undefined\n$/,
  ],
  'docs/guide/start.md': [
    /^(emak\w{26} .+\n){61}$/,
    /^(\d{4}-\d\d-\d\dT\S+Z .+ (\d+|null)\n){10}$/,
    /^36 .+\n$/,
    /^.+\n$/,
  ],
  'docs/guide/testing.md': [
    // A test of node:test
    /# pass 1\n# fail 0/,
    // Two faults, then the makes.
    /^61 429 503\n$/,
    /^61\n$/,
    /^500\n$/,
    /^(.+: 200\n){7}$/,
    // The mock
    /^Wall Charger 2\n$/,
  ],
  'docs/guide/validation.md': [/^$/],
  'docs/guide/webhooks.md': [/^any\.event 2026-06-30T12:00:00Z\nrefused: wrong-signature\n$/],
  'docs/recipes/browser.md': [COMPILED, COMPILED],
  'docs/recipes/jest.md': [COMPILED, COMPILED],
  // Nothing runs there.
  'docs/recipes/many-machines.md': [/^$/],
  'docs/recipes/msw.md': [/^61 \d\n$/],
  'docs/recipes/nestjs.md': [COMPILED, /^3\n$/],
  'docs/recipes/nextjs.md': [COMPILED, COMPILED, /^61\n$/, /^any\.event\ntrue 400\n$/],
  'docs/recipes/opentelemetry.md': [/^61\n$/],
  'docs/recipes/proxy.md': [
    // There is no proxy of that name.
    /^undefined\n$/,
    /^61\n$/,
    COMPILED,
    COMPILED,
  ],
  'docs/recipes/serverless.md': [/^\{"is_charging":(true|false)\}\n$/, COMPILED],
  'docs/recipes/tanstack-query.md': [COMPILED, COMPILED],
  'docs/recipes/users.md': [/^(user\w{26} \d+\n){2}$/, /^\d+\n$/],
  'scripts/docs/schema.md': [COMPILED],
};
