import { count, inert } from '../../text/words.js';
import { wrap } from '../../text/wrap.js';
import type { Budget } from '../exchange/budget.js';
import type { Planned } from '../model/run.js';
import type { RunOptions } from '../run/run.js';
import type { Stream } from './io.js';

type OnStep = NonNullable<RunOptions['onStep']>;

/**
 * Shows the progress of a run: on a terminal a line that is overwritten, in a log occasional lines.
 *
 * @param least the fewest steps for which a log shows progress: a short run needs none
 */
export function progress(stream: Stream, least = 0): { onStep: OnStep; end(): void } {
  let shown = 0;
  return {
    onStep({ done, total, name, operation }) {
      if (stream.isTTY) {
        const text = inert(`${done + 1}/${total}  ${name}  ${operation ?? ''}`).slice(0, 79);
        stream.write(`\r${text.padEnd(shown)}`);
        shown = text.length;
        return;
      }
      const tenth = Math.max(1, Math.ceil(total / 10));
      if (total >= least && done % tenth === 0) stream.write(`${done}/${total} steps done\n`);
    },
    end() {
      if (stream.isTTY && shown > 0) stream.write(`\r${' '.repeat(shown)}\r`);
      shown = 0;
    },
  };
}

/** Says what will be sent, and what of it won't fit: into the budget at once, into the hour when an answer shows it. */
export function planWords(budget: Budget): { plan(planned: Planned): string; hour(): string } {
  let open: { requests: number; before: number } | undefined;
  return {
    plan(planned) {
      open = { requests: planned.requests, before: budget.sent };
      return planText(planned, budget);
    },
    hour() {
      const { left, most, sent } = budget;
      if (open === undefined || left >= most - sent) return '';
      const rest = open.requests - (sent - open.before) - left;
      open = undefined;
      if (rest <= 0) return '';
      return `${wrap(`About ${rest} of these won't fit into the ${count(left, 'request')} that ${left === 1 ? 'is' : 'are'} left of this hour.`)}\n`;
    },
  };
}

function planText({ operations, checks, requests }: Planned, { left, most, sent }: Budget): string {
  const plan = `${count(checks, 'check')} of ${count(operations, 'operation')} planned: about ${count(requests, 'request')}`;
  const whole = left < most - sent ? 'this hour' : '--max-requests';
  const rest = requests - left;
  const short =
    rest > 0 ? `, of which about ${rest} won't fit into the ${left} that are left of ${whole}` : '';
  return `${wrap(`${plan}${short}.`)}\n`;
}
