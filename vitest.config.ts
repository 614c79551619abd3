import { defineConfig } from 'vitest/config';

/** Soaks, the same run many times, every consumer with every compiler: for the night (`npm run test:long`). */
const LONG = ['**/*.long.test.ts'];

/** What packs the package, installs it, and uses it as its consumers do; what runs the programs of the pages. */
const PACKAGE = ['scripts/package/**/*.test.ts', 'scripts/docs/**/*.test.ts', 'examples/*.test.ts'];

/**
 * What needs servers or programs: the contract engine against the mock and the fake, the commands as people start
 * them, redis-server, and the attacks (SECURITY.md).
 */
const CONTRACT = [
  'contract-tests/**/*.test.ts',
  'scripts/**/*.test.ts',
  'examples/fleet/*.test.ts',
  'src/cli/**/*.test.ts',
  'src/contract/bin.test.ts',
  'src/export/queue/**/*.test.ts',
  'src/redis/**/*.test.ts',
];

/** Everything else: each test stands beside what it tests, and is quick. */
const UNIT = ['src/**/*.test.ts'];

export default defineConfig({
  test: {
    reporters: ['default', './scripts/test/closing-line.ts'],
    // One more than the cores of a small machine: much of what the tests do is to wait for servers and programs.
    maxWorkers: 3,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // With `npm run coverage`. What runs in a process of its own isn't counted.
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      exclude: ['**/*.test.ts', '**/*.test-d.ts'],
      reporter: ['text-summary', ['text-summary', { file: 'summary.txt' }], 'html'],
    },
    // `isolate: false` lets files share a process, so that the client, the fake and the engine are loaded once.
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: UNIT, exclude: [...CONTRACT, ...LONG], isolate: false },
      },
      {
        extends: true,
        test: { name: 'contract', include: CONTRACT, exclude: [...PACKAGE, ...LONG], isolate: false },
      },
      {
        extends: true,
        test: {
          name: 'package',
          include: PACKAGE,
          exclude: LONG,
          globalSetup: ['scripts/test/package-setup.ts'],
          // After the others, while which the package is packed and installed; alone, the first wait for that.
          sequence: { groupOrder: 1 },
          hookTimeout: 300_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'long',
          include: LONG,
          exclude: ['**/node_modules/**'],
          globalSetup: ['scripts/test/package-setup.ts'],
        },
      },
    ],
  },
});
