import { expect, test } from 'vitest';
import { addressesOf } from './addresses.js';

test('package.json gets the addresses of the repository that the release job runs in', () => {
  expect(addressesOf('https://github.example', 'someone/thing')).toEqual({
    repository: { type: 'git', url: 'git+https://github.example/someone/thing.git' },
    homepage: 'https://github.example/someone/thing#readme',
    bugs: { url: 'https://github.example/someone/thing/issues' },
  });
});
