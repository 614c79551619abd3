import { Argument, Command } from 'commander';
import type { Io } from '../io.js';
import { SCRIPTS, type Shell } from './scripts.js';

/** `ev-energy completion`: the script that has a shell complete the command. */
export function completionCommand(io: Io): Command {
  return new Command('completion')
    .description('Print the script that completes ev-energy in a shell.')
    .addArgument(new Argument('<shell>').choices(Object.keys(SCRIPTS)))
    .addHelpText(
      'after',
      `
  bash  echo 'source <(ev-energy completion bash)' >> ~/.bashrc
  zsh   ev-energy completion zsh > "\${fpath[1]}/_ev-energy"
  fish  ev-energy completion fish > ~/.config/fish/completions/ev-energy.fish`,
    )
    .action((shell: Shell) => void io.stdout.write(SCRIPTS[shell]));
}
