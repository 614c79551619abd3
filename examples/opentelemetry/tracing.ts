import { type Span, SpanKind, SpanStatusCode, type Tracer } from '@opentelemetry/api';
import type { Observers } from 'ev-energy-client';

/**
 * Observers that make a span of each attempt, by the semantic conventions for HTTP clients:
 * `new EvEnergy({ ...tracing(trace.getTracer('my-app')) })`. A retry is a span of its own, with its count.
 */
export function tracing(tracer: Tracer): Observers {
  const spans = new Map<number, Span>();
  return {
    onRequest({ callId, operationId, method, url, attempt }) {
      const { hostname, port } = new URL(url);
      const attributes = {
        'http.request.method': method,
        'server.address': hostname,
        ...(port ? { 'server.port': Number(port) } : {}),
        'url.full': url,
        ...(attempt > 1 ? { 'http.request.resend_count': attempt - 1 } : {}),
      };
      spans.set(callId, tracer.startSpan(`${method} ${operationId}`, { kind: SpanKind.CLIENT, attributes }));
    },
    onResponse({ callId, status, error }) {
      const span = spans.get(callId);
      spans.delete(callId);
      if (!span) return;
      if (status !== undefined) span.setAttribute('http.response.status_code', status);
      if (error instanceof Error) span.recordException(error);
      if (status === undefined || status >= 400) {
        span.setAttribute('error.type', status?.toString() ?? (error as Error).name);
        span.setStatus({ code: SpanStatusCode.ERROR });
      }
      span.end();
    },
  };
}
