/** `npm run check:size`: checks that the client's bundles stay within their size budgets. */
import { ROOT } from '../root.js';
import { BUDGET, bundleSize, described, OPENAI, overweight, PROGRAM, VALIDATING, weigh } from './size.js';

const weights = await weigh(PROGRAM, VALIDATING, ROOT);
const { whole } = await bundleSize(OPENAI, ROOT);
process.stdout.write(
  `The client, minified and gzipped\n  ${described(weights).join('\n  ')}\nopenai, all in one file: ${whole} bytes\n`,
);

const findings = overweight(weights, BUDGET);
if (findings.length > 0) {
  process.stderr.write(
    `${findings.join('\n')}\nWrite less, or raise the budget in scripts/package/size.ts.\n`,
  );
  process.exitCode = 1;
}
