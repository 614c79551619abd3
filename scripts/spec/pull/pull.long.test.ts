import { expect, it } from 'vitest';
import { august, pullProject } from '../../test/pull-project.js';

const project = pullProject();

it.each(['Fetching', 'Linting', 'Comparing', 'Generating', 'Running'])(
  'a pull that is stopped while %s leaves the project as it was',
  async (step) => {
    const controller = new AbortController();
    const hanging = step === 'Generating' ? 'HANG generate' : 'HANG check-client';
    project.body = august.replace('version: "2.0"', `version: ${hanging}`);
    const progress = (line: string) => {
      if (!line.startsWith(step)) return;
      setTimeout(() => controller.abort(new Error('stopped')), step === 'Generating' ? 300 : 0);
    };
    expect(await project.refused({ signal: controller.signal, progress })).toBe('stopped');
  },
);
