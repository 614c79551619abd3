import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { EvEnergy } from 'ev-energy-client';

const HELP = `Find the link with which a user connects a charger: pick its make and, where
that isn't enough, its model. Shows what is offered in the user's region.

Usage: npx tsx pick-make.ts USER     (an id: user01HN2NJ9NMRZBXT1H6FT9N7735)

Only the link goes to standard output. Without credentials it lacks the user:
EV_ENERGY_CLIENT_ID and EV_ENERGY_CLIENT_SECRET, or EV_ENERGY_ACCESS_TOKEN;
EV_ENERGY_BASE_URL for another server.`;

const stop = new AbortController();
process.once('SIGINT', () => stop.abort(new Error('Interrupted.')));
const input = createInterface({ input: process.stdin, signal: stop.signal });
const lines = input[Symbol.asyncIterator]();

/** Narrows the choices down to one, by number or by a part of the name. */
async function pick<T extends { name: string }>(what: string, choices: T[]): Promise<T> {
  const [only, ...others] = choices;
  if (!only) throw new Error(`No ${what} is offered to this user.`);
  if (others.length === 0) return only;
  const names = choices.map(({ name }, index) => `${index + 1} ${name}`.slice(0, 25).padEnd(26));
  for (let row = 0; row < names.length; row += 3) console.error(names.slice(row, row + 3).join(''));
  process.stderr.write(`Number or part of the name of the ${what}: `);
  const { value = '', done } = await lines.next();
  if (done) throw stop.signal.reason ?? new Error('Nothing picked.');
  const numbered = choices[Number(value) - 1];
  const named = choices.filter(({ name }) => name.toLowerCase().includes(value.toLowerCase()));
  if (!numbered && named.length === 0) console.error(`\nNo ${what} is called '${value}'.`);
  return numbered ?? pick(what, named.length > 0 ? named : choices);
}

async function main({ signal }: AbortController): Promise<void> {
  const options = { help: { type: 'boolean', short: 'h' } } as const;
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const user = positionals[0];
  if (values.help) return console.log(HELP);
  if (!user) throw new Error(HELP);

  const ev = new EvEnergy({ user });
  const available = { available_for_user_id: user };
  const make = await pick('make', await ev.evseMakes.list(available, { signal }).toArray());
  if (make.onboarding_url) return console.log(make.onboarding_url);
  const models = await ev.evseModels.list({ ...available, make_id: make.id }, { signal }).toArray();
  const linked = models.filter(({ onboarding_url: url }) => url);
  console.log((await pick('model', linked)).onboarding_url);
}

main(stop)
  .catch((error: Error) => {
    console.error(`\n${error.message}`);
    process.exitCode = stop.signal.aborted ? 130 : 1;
  })
  .finally(() => input.close());
