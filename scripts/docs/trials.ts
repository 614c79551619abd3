/** Tries programs that only define something: a text that identifies the program, and code to run after it. */
export const TRIALS: readonly (readonly [defines: string, trial: string])[] = [
  [
    'export async function finish(',
    `
const begun = await begin();
const consent = await fetch(begun.url, { redirect: 'manual' });
const user = await finish(consent.headers.get('location') ?? '', begun);
console.log((await user.evses.statusLogs.list('evse01HSH04KDEWF6Z4DB2J77J74K5')).data.length, 'logs');
`,
  ],
  [
    'fake.faults.next(rateLimited(1)).next(unavailable());',
    `
const makes = await ev.evseMakes.list().toArray();
const statuses = fake.requests.map(({ status }) => status).filter((status) => status !== 200);
console.log(makes.length, ...statuses);
`,
  ],
  [
    'export async function receive(',
    `
const { createFake } = await import('ev-energy-client/testing');
const { webhooks } = await createFake();
process.env.EV_ENERGY_WEBHOOK_SECRET = webhooks.secret;
const event = { type: 'any.event', timestamp: '2026-06-30T12:00:00Z', data: {} };
const first = await webhooks.send(event, receive);
await webhooks.resend(first, receive);
await webhooks.resend(first, receive, { secret: 'whsec_' + btoa('the secret of another'), attempts: 1 });
`,
  ],
  [
    'export async function POST(',
    `
const { createFake } = await import('ev-energy-client/testing');
const { webhooks } = await createFake();
process.env.EV_ENERGY_WEBHOOK_SECRET = webhooks.secret;
const event = { type: 'any.event', timestamp: '2026-06-30T12:00:00Z', data: {} };
const sent = await webhooks.send(event, POST);
const refused = await webhooks.resend(sent, POST, { signedAt: new Date(0), attempts: 1 });
console.log(sent.delivered, refused.attempts.map(({ status }) => status).join());
`,
  ],
  [
    'const regressions:',
    `
const { startFake } = await import('ev-energy-client/testing');
for (const [name, options] of Object.entries(regressions)) {
  const fake = await startFake(options);
  const { status } = await fetch(fake.url + '/evse_makes');
  console.log(name + ':', status);
  await fake.close();
}
`,
  ],
  [
    'export async function handler(',
    `
console.log((await handler({ evse: 'evse01HSH04KDEWF6Z4DB2J77J74K5' })).body);
`,
  ],
  [
    'export async function totalWatts(',
    `
const { EvEnergy } = await import('ev-energy-client');
console.log(await totalWatts(new EvEnergy(), 'user01HN2NJ9NMRZBXT1H6FT9N7735'));
`,
  ],
  [
    'export async function logsByHand(',
    `
const { createFake } = await import('ev-energy-client/testing');
const fake = await createFake();
const before = globalThis.fetch;
globalThis.fetch = (url, init) => fake.fetch(url.replace('https://api.ev.energy/v2', fake.url), init);
const found = await logsByHand('evse01HSH04KDEWF6Z4DB2J77J74K5', fake.token).finally(() => {
  globalThis.fetch = before;
});
console.log(found.length);
`,
  ],
  [
    'export const cached = ',
    `
console.log((await cached.evseMakes.list()).data.length);
`,
  ],
];
