import { Command } from 'commander';
import { VERSION } from '../client/version.js';
import { nearest } from '../text/nearest.js';
import { fold } from '../text/wrap.js';
import { addResource, resources } from './api/resources.js';
import { EXIT_CODES } from './exit.js';
import { HELP } from './help.js';
import { type Io, widthOf } from './io.js';

/** A command of our own. Its code is loaded only when it is the one that is called. */
interface Own {
  readonly about: string;
  load(io: Io): Promise<Command>;
}

const OWN: Readonly<Record<string, Own>> = {
  export: {
    about: 'take the logs of a whole fleet into files',
    load: async (io) => (await import('./export/command.js')).exportCommand(io),
  },
  login: {
    about: 'sign in, and keep the tokens for later commands',
    load: async (io) => (await import('./login/command.js')).loginCommand(io),
  },
  logout: {
    about: 'revoke the tokens, and forget them',
    load: async (io) => (await import('./login/logout.js')).logoutCommand(io),
  },
  status: {
    about: 'say who is signed in, and where',
    load: async (io) => (await import('./login/status.js')).statusCommand(io),
  },
  fake: {
    about: 'start a stateful fake of the API, with sample data',
    load: async (io) => (await import('./servers/fake.js')).fakeCommand(io),
  },
  mock: {
    about: 'start a mock that answers with the examples (Prism)',
    load: async (io) => (await import('./servers/mock.js')).mockCommand(io),
  },
  contract: {
    about: "check a server's answers against the document",
    load: async () => (await import('./contract/command.js')).contractCommand(),
  },
  completion: {
    about: 'print the script that completes commands in a shell',
    load: async (io) => (await import('./completion/command.js')).completionCommand(io),
  },
};

const AFTER = `
Credentials are those of ev-energy login, or of the environment:
EV_ENERGY_CLIENT_ID and EV_ENERGY_CLIENT_SECRET, or EV_ENERGY_ACCESS_TOKEN.
EV_ENERGY_BASE_URL names another server, EV_ENERGY_LOG=debug shows requests.

${EXIT_CODES}`;

/** The command that the arguments lead to, as it is called: `ev-energy evses list`. */
function calledAs(command: Command, [name, ...rest]: readonly string[]): string {
  const next = command.commands.find((one) => one.name() === name);
  return next ? `${command.name()} ${calledAs(next, rest)}` : command.name();
}

/**
 * Commander suggests every name that shares half of its letters with the one that was typed. We keep the one that is
 * likely to be meant, or, if none is, say where all names are listed.
 *
 * @param first the first argument
 * @param place the command that was asked for
 */
function suggesting(text: string, first: string, place: string): string {
  const [said = '', , names = ''] = text.split(/\n\(Did you mean (one of )?(.+)\?\)$/);
  const [, kind, given = ''] = /^error: unknown (command|option) '([^']*)'/.exec(said) ?? [];
  const meant = nearest(given, names.split(', ').filter(Boolean));
  if (meant !== undefined) return `${said}\n(Did you mean ${meant}?)`;
  if (kind === 'option' && first.split('=')[0] === given)
    return `${said}\n(Options go after the command: ev-energy RESOURCE METHOD ${given} …)`;
  return kind === undefined ? text : `${said}\n(${place} --help lists the ${kind}s.)`;
}

/** Makes the program: in full for the command that the arguments name, and with names alone for the others. */
export async function programFor(args: readonly string[], io: Io): Promise<Command> {
  const wanted = args.filter((arg) => !/^-|^help$|^__complete$/.test(arg))[0] ?? '';
  const program = new Command('ev-energy')
    .description('The ev.energy API on the command line.')
    .version(VERSION)
    .exitOverride()
    .configureHelp(HELP)
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      getOutHelpWidth: () => Math.min(80, widthOf(io.stdout)),
      getErrHelpWidth: () => Math.min(80, widthOf(io.stderr)),
      outputError: (text, writeError) =>
        writeError(
          `${fold(suggesting(text.trimEnd(), args[0] ?? '', calledAs(program, args)), widthOf(io.stderr))}\n`,
        ),
    })
    .addHelpText('after', AFTER);
  program.commandsGroup('Commands:');
  for (const [name, own] of Object.entries(OWN)) {
    const command = name === wanted ? await own.load(io) : new Command(name).description(own.about);
    // How it writes and ends is set on the program.
    program.addCommand(command.copyInheritedSettings(program).summary(own.about));
  }
  program.commandsGroup('The API (ev-energy <resource> --help says more):');
  for (const resource of await resources(Object.keys(OWN))) {
    if (resource.name === wanted) await addResource(program, resource, io);
    else program.command(resource.name).summary(resource.about);
  }
  return program;
}
