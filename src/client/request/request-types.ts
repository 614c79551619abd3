import type { paths } from '../../../generated/schema.js';
import type { RequestOptions } from '../options.js';
import type { PathValue } from '../url/path.js';

/** A request of the caller's own making. */
export interface OpenRequest extends RequestOptions {
  /** Values for the `{…}` of the path; the API's own URL of a resource does for its id. Default: none. */
  path?: Readonly<Record<string, PathValue>> | undefined;
  /** Query parameters by name, or the query string itself. Default: the path's own query, or none. */
  query?: Readonly<Record<string, unknown>> | string | undefined;
  /** Sent as JSON, or in the media type of a `content-type` header; a string is sent as it is. Default: none. */
  body?: unknown;
  /** Resolve whatever the status is, in place of throwing an `ApiError`. Default: false. */
  anyStatus?: boolean | undefined;
}

/** The init of a request: typed where the document has the operation, open where it hasn't. */
export type RequestArguments<M extends string, P extends string> = [DocumentedOperation<M, P>] extends [never]
  ? [init?: OpenRequest]
  : object extends DocumentedRequest<M, P>
    ? [init?: DocumentedRequest<M, P>]
    : [init: DocumentedRequest<M, P>];

// The operation is looked up by method and path here, not handed over: so editors show those two, not all of it.
/** The init of a request of the document's. */
export type DocumentedRequest<M extends string, P extends string> = Omit<
  OpenRequest,
  'path' | 'query' | 'body' | 'anyStatus'
> &
  PathPart<DocumentedOperation<M, P>> &
  QueryPart<DocumentedOperation<M, P>> &
  BodyPart<DocumentedOperation<M, P>>;

/** What a request resolves with: the body of a success as on the wire. */
export type RequestResult<M extends string, P extends string> =
  DocumentedOperation<M, P> extends infer O ? ([O] extends [never] ? unknown : SuccessBody<O>) : never;

type DocumentedOperation<M extends string, P extends string> = P extends keyof paths
  ? Lowercase<M> extends keyof paths[P]
    ? NonNullable<paths[P][Lowercase<M>]>
    : never
  : never;

type PathPart<O> = O extends { parameters: { path: infer Path } }
  ? { path: { readonly [Name in keyof Path]: PathValue } }
  : { path?: undefined };

type QueryPart<O> = O extends { parameters: { query: infer Query } }
  ? { query: Query | string }
  : O extends { parameters: { query?: infer Query } }
    ? { query?: Query | string | undefined }
    : { query?: string | undefined };

type BodyPart<O> = O extends { requestBody: { content: infer Content } }
  ? { body: Content[keyof Content] }
  : O extends { requestBody?: { content: infer Content } }
    ? { body?: Content[keyof Content] | undefined }
    : { body?: undefined };

type SuccessBody<O> = O extends { responses: infer Responses }
  ? { [Status in keyof Responses & SuccessStatus]: JsonOf<Responses[Status]> }[keyof Responses &
      SuccessStatus]
  : never;

type SuccessStatus = 200 | 201 | 202 | 203 | 204 | 205 | 206;

type JsonOf<Response> = Response extends { content: infer Content }
  ? Content extends Record<string, unknown>
    ? Content[keyof Content & `${string}json`]
    : undefined
  : undefined;
