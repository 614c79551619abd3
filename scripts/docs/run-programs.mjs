// Runs the programs that are named on the command line one after the other in this process, so that the package is
// loaded once for all of them. A line of JSON says what each has printed; the last line is missing where one never ends.
import { format } from 'node:util';

const { stdout } = process;
for (const name of process.argv.slice(2)) {
  const printed = { name, stdout: '', stderr: '' };
  const to =
    (stream) =>
    (...values) => {
      printed[stream] += `${format(...values)}\n`;
    };
  Object.assign(console, { log: to('stdout'), info: to('stdout'), warn: to('stderr'), error: to('stderr') });
  try {
    await import(`./${name}.mjs`);
  } catch (error) {
    printed.stderr += `${error?.stack ?? error}\n`;
  }
  stdout.write(`${JSON.stringify(printed)}\n`);
}
