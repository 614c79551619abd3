import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { expect, test } from 'vitest';
import { fakeApi } from '../../scripts/test/fake.js';
import { EvEnergy } from '../../src/index.js';
import { reset, unavailable } from '../../src/testing/index.js';
import { tracing } from './tracing.js';

test('each attempt is a span, failed ones too, and no token is in any', async () => {
  const exporter = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  const fake = await fakeApi();
  fake.faults.next(unavailable()).next(reset());
  const observers = tracing(provider.getTracer('test'));
  const ev = new EvEnergy({
    baseUrl: fake.url,
    accessToken: fake.token,
    backoff: { initial: 1, max: 1 },
    ...observers,
  });
  await ev.evseMakes.list();

  const spans = exporter.getFinishedSpans();
  const { port } = new URL(fake.url);
  expect(spans.map(({ attributes, status }) => [attributes, status.code])).toEqual([
    [
      {
        'http.request.method': 'GET',
        'server.address': '127.0.0.1',
        'server.port': Number(port),
        'url.full': `${fake.url}/evse_makes?page_size=100`,
        'http.response.status_code': 503,
        'error.type': '503',
      },
      SpanStatusCode.ERROR,
    ],
    [
      expect.objectContaining({ 'http.request.resend_count': 1, 'error.type': 'ConnectionError' }),
      SpanStatusCode.ERROR,
    ],
    [
      expect.objectContaining({ 'http.request.resend_count': 2, 'http.response.status_code': 200 }),
      SpanStatusCode.UNSET,
    ],
  ]);
  for (const { name, kind } of spans) expect([name, kind]).toEqual(['GET get-evse_makes', SpanKind.CLIENT]);
  expect(spans[1]?.events[0]?.name).toBe('exception');
  expect(JSON.stringify(spans.map(({ attributes, events }) => [attributes, events]))).not.toContain(
    fake.token,
  );
});
