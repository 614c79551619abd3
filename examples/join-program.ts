import { parseArgs } from 'node:util';
import { EvEnergy } from 'ev-energy-client';

const HELP = `Enrols a user in a program: shows it, has the agreement accepted, hands the
utility account over, and joins.

Usage: npx tsx join-program.ts [PROGRAM] [--accept] [--account NUMBER]

  PROGRAM           id of the program; without one the programs are listed
  --accept          accept the agreement that is shown
  --account NUMBER  the user's account with the utility

Environment: EV_ENERGY_ACCESS_TOKEN, a token of the user (scopes programs:write,
utility_account:write); EV_ENERGY_BASE_URL for another server.`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { accept: { type: 'boolean' }, account: { type: 'string' }, help: { type: 'boolean' } },
    allowPositionals: true,
  });
  if (values.help) return console.log(HELP);
  const [id] = positionals;
  const ev = new EvEnergy();
  if (id === undefined) {
    const programs = await ev.programs.list().toArray();
    const offered = programs.map((program) => `  ${program.id}  ${program.name} (${program.sponsor_name})`);
    throw new Error(['Which program? There are:', ...offered, 'See --help.'].join('\n'));
  }

  const program = await ev.programs.retrieve(id);
  console.log(`${program.name}, by ${program.sponsor_name}: ${program.description}`);
  for await (const tier of ev.programs.tiers.list(id)) {
    const may = tier.eligible === false ? ' (not for this user)' : '';
    console.log(`- ${tier.name ?? tier.short_name}${may}`);
  }

  // The version that holds at the moment; one that was accepted earlier doesn't count.
  const agreement = await ev.programs.participationAgreementVersions.current(id);
  console.log(`\nAgreement, version ${agreement.version_number}:\n${agreement.content}\n`);
  if (!values.accept) throw new Error('Nothing was done. Run again with --accept to accept and join.');
  await ev.programs.participationAgreementVersions.accept(id, String(agreement.id), {});

  // What a program asks for differs; most ask for the number of the account.
  if (values.account) await ev.programs.userVerification(id, { account_number: values.account });

  const joined = await ev.programs.join(id);
  console.log(`Joined ${joined.name}.`);
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
