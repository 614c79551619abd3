/** A stream with what has to be known of it before it is sent. It is read once, and never sent again. */
export interface UploadStream {
  readonly stream: ReadableStream<Uint8Array>;
  /** Bytes that it gives. */
  readonly size: number;
  /** Name of the file. */
  readonly name?: string | undefined;
  /** Media type. Default: none is sent. */
  readonly type?: string | undefined;
}

/** A file to upload: a `File`, a `Blob`, bytes, or a stream whose length is known. */
export type UploadFile = Blob | ArrayBuffer | ArrayBufferView<ArrayBuffer> | UploadStream;

/** What the method of an upload takes besides the file. */
export interface UploadOptions {
  /** Ends the upload, wherever it is. */
  signal?: AbortSignal | undefined;
  /** Milliseconds that sending the file may take. Default: no limit. */
  timeout?: number | undefined;
  /** The user in whose context the API is called. */
  user?: string | undefined;
}

/** A file's bytes, and what is known of it. */
export interface Content {
  readonly body: Blob | ReadableStream<Uint8Array>;
  readonly size: number;
  readonly name: string | undefined;
  readonly type: string;
}
