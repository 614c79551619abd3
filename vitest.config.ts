import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [
      'src/**/*.test.ts',
      'scripts/**/*.test.ts',
      'contract-tests/**/*.test.ts',
      'examples/**/*.test.ts',
    ],
    globalSetup: ['scripts/test/global-setup.ts'],
    reporters: ['default', './scripts/test/closing-line.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Two workers: the tests start real servers (Prism, the fake, Chromium), which need room beside them.
    maxWorkers: 2,
  },
});
