/** Checks that the client's bundle keeps to its size budget: `npm run check:size`. */
import { ROOT } from '../root.js';
import { BUDGET, bundleSize, overweight, PROGRAM } from './size.js';

const size = await bundleSize(PROGRAM, ROOT);
process.stdout.write(`Client, min+gzip: core ${size.core} bytes, loaded when needed ${size.lazy} bytes\n`);

const findings = overweight(size, BUDGET);
if (findings.length > 0) {
  process.stderr.write(
    `${findings.join('\n')}\nLoad what not everyone needs with a dynamic import, or raise BUDGET in scripts/package/size.ts.\n`,
  );
  process.exitCode = 1;
}
