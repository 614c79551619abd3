/** `npm run generate`. */
import { runProcess } from '../../src/contract/exit/process.js';
import { main } from './command.js';
import { undoUnfinished } from './output.js';

await runProcess(() => main(process.argv.slice(2)), undoUnfinished);
