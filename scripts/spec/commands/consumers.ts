import { ROOT } from '../../root.js';
import { type Command, text } from '../command.js';

export const consumersCommand: Command = {
  usage: `  consumers   type-check the type tests and examples of a former release against the client as it is now
    --base REF|FOLDER|TARBALL   that release (default: the latest Git tag)
`,
  options: { base: { type: 'string' } },
  async run(values, io, signal) {
    // Loaded on demand: the compiler is large, and only this command needs it.
    const { checkConsumers, renderConsumers } = await import('../consumers.js');
    const result = await checkConsumers(ROOT, text(values, 'base'), signal);
    io.stdout.write(renderConsumers(result));
    return result.broken.length > 0 ? 1 : 0;
  },
};
