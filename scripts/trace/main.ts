/** `npm run trace`: counts our own files in which a function runs, for each of three journeys. */

import { ROOT } from '../root.js';
import { filesThatRan } from './coverage.js';
import { journeys } from './journeys.js';

const { all, end } = await journeys();
for (const { name, most, act } of all) {
  const files = await filesThatRan(ROOT, act);
  const within = files.length <= most ? '✓' : '✗';
  process.stdout.write(`${within} ${files.length} of at most ${most} files: ${name}\n`);
  for (const file of files) process.stdout.write(`    ${file}\n`);
  if (files.length > most) process.exitCode = 1;
}
end();
