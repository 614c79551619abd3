import { Argument, Command, Option } from 'commander';
import { COMMANDS, OPTION_NAMES, takesValue } from '../../contract/cli/options.js';
import { TARGETS } from '../../contract/model/target.js';
import { REPORT_KINDS } from '../../contract/report/write.js';

/** Values that can be completed. */
const CHOICES: Readonly<Record<string, readonly string[]>> = {
  target: TARGETS,
  report: REPORT_KINDS.map((kind) => `${kind}=`),
};

/** What a shell can complete of `ev-energy contract`, which reads its command line itself and has its own help. */
export function contractCommand(): Command {
  const command = new Command('contract').addArgument(new Argument('[command]').choices(COMMANDS));
  for (const name of OPTION_NAMES) {
    const option = new Option(takesValue(name) ? `--${name} <value>` : `--${name}`);
    command.addOption(CHOICES[name] ? option.choices(CHOICES[name]) : option);
  }
  return command;
}
