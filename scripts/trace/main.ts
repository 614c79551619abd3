/** `npm run trace`: counts our own files in which a function runs, for each of three journeys. */

import { ROOT } from '../root.js';
import { filesThatRan } from './coverage.js';
import { journeys } from './journeys.js';
import { report } from './report.js';

const { all, end } = await journeys();
process.exitCode = await report(all, (act) => filesThatRan(ROOT, act), process.stdout);
end();
