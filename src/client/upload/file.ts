/** A stream, and what must be known before it is sent. It is read once, and never sent again. */
export interface UploadStream {
  readonly stream: ReadableStream<Uint8Array>;
  /** Number of bytes that it yields. */
  readonly size: number;
  /** Name of the file. */
  readonly name?: string | undefined;
  /** Media type. Default: none is sent. */
  readonly type?: string | undefined;
}

/** A file to upload: a `File`, a `Blob`, bytes, or a stream of known length. */
export type UploadFile = Blob | ArrayBuffer | ArrayBufferView<ArrayBuffer> | UploadStream;

/** Options of an upload. */
export interface UploadOptions {
  /** Aborts the upload, whichever step it has reached. */
  signal?: AbortSignal | undefined;
  /** Milliseconds that sending the file may take. Default: no limit. */
  timeout?: number | undefined;
  /** The user in whose context the API is called. Default: the client's. */
  user?: string | undefined;
}

/** A file's bytes, and what we know about it. */
export interface Content {
  readonly body: Blob | ReadableStream<Uint8Array>;
  readonly size: number;
  readonly name: string | undefined;
  readonly type: string;
}
