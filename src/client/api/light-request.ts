/**
 * What openapi-fetch makes of each call in place of a `Request`: that one would be made a second time by `fetch`, and
 * costs more than all layers together.
 */
export class LightRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: BodyInit | undefined;

  constructor(url: string, { method = 'GET', headers, body }: RequestInit) {
    this.url = url;
    this.method = method;
    this.headers = headers as Headers;
    this.body = body ?? undefined;
  }
}
