import { expect, test } from 'vitest';
import { exchangeDetails } from './findings.js';

test('a method or URL that holds markup, as a recording may, is shown as text', () => {
  const details = exchangeDetails(
    {
      name: 'recorded',
      request: {
        method: '<img src=x onerror=alert(1)>',
        url: 'https://api.example.com/<script>alert(1)</script>',
        headers: {},
      },
      response: { status: 200, headers: {}, body: '' },
    } as never,
    'status',
  );
  expect(details).not.toMatch(/<(img|script)/);
  expect(details).toContain('&lt;img');
});
