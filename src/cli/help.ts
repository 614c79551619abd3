import { Help } from 'commander';
import { fold } from '../text/wrap.js';

const { commandUsage, formatItem, padWidth } = Help.prototype;

/** How much of a line an option may take before its description moves to the next line. */
const MOST = 0.5;

/** How help is laid out, so that no line is wider than the terminal. */
export const HELP: Partial<Help> = {
  // Commander leaves text as it is where there is less room than this, by default 40 columns.
  minWidthToWrap: 10,
  subcommandTerm: (command) => command.name(),
  // Commander wraps everything but this line, which stands behind `Usage: `.
  commandUsage(command) {
    return fold(commandUsage.call(this, command), (this.helpWidth ?? 80) - 8).replaceAll('\n', '\n  ');
  },
  padWidth(command, helper) {
    return Math.min(padWidth.call(this, command, helper), Math.floor((this.helpWidth ?? 80) * MOST));
  },
  // An option that is too long for that has its description below it.
  formatItem(term, width, description, helper) {
    const item = (left: string, right: string) => formatItem.call(this, left, width, right, helper);
    if (!description || term.length <= width) return item(term, description);
    return `${item(term, '')}\n${item('', description)}`;
  },
};
