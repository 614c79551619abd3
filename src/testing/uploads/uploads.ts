import { isObject, type Operation, pathParameters, type Upload } from '../../document/index.js';
import type { FakeRequest, FakeResponse } from '../http/exchange.js';
import { Random } from '../made/random.js';
import { Problem } from '../problems.js';
import type { Resource, Store } from '../resources/resource.js';
import { changesOf } from '../resources/writing.js';
import type { Call, Handler, ReceivedFile, ReceivingFiles } from '../world.js';

/** Path that files are sent to, outside the API. */
const PATH = '/uploads/';

export interface UploadSources {
  declared: readonly Upload[];
  /** Origin of the fake: `http://127.0.0.1:4000`. */
  origin: string;
  store: Store;
  seed: string;
}

/** Names upload addresses, receives the files, and knows which have arrived. */
export class Uploads implements ReceivingFiles {
  readonly received = new Map<string, ReceivedFile>();
  readonly #sources: UploadSources;
  readonly #random: Random;
  /** The signature that permits an upload, by the file's id. */
  readonly #signatures = new Map<string, string>();

  constructor(sources: UploadSources) {
    this.#sources = sources;
    this.#random = new Random(`${sources.seed} uploads`);
  }

  /** Wraps the handler of an operation that is part of an upload; returns any other handler unchanged. */
  handlerOf(operation: Operation, handle: Handler): Handler {
    const { declared } = this.#sources;
    const begins = declared.find(({ start }) => start === operation);
    if (begins) return (call) => this.#begin(begins, call, handle);
    const ends = declared.some(({ finish }) => finish === operation);
    return ends ? (call) => this.#end(call, handle) : handle;
  }

  isAddress(pathname: string): boolean {
    return this.#sources.declared.length > 0 && pathname.startsWith(PATH);
  }

  /** Receives a file, as strictly as a file store that knows nothing of the API. */
  receive({ method, url, headers, body, tooLarge }: FakeRequest): FakeResponse {
    const id = decodeURIComponent(url.pathname.slice(PATH.length));
    const signature = this.#signatures.get(id);
    const answer = (status: number, code: string): FakeResponse => ({
      status,
      headers: { 'Content-Type': 'application/xml' },
      body: `<Error><Code>${code}</Code></Error>`,
    });
    if (method !== 'PUT') return answer(405, 'MethodNotAllowed');
    if (headers.authorization !== undefined) return answer(400, 'OnlyOneAuthMechanismAllowed');
    if (signature === undefined || url.searchParams.get('signature') !== signature)
      return answer(403, 'AccessDenied');
    if (headers['transfer-encoding'] !== undefined) return answer(411, 'MissingContentLength');
    if (tooLarge) return answer(413, 'EntityTooLarge');
    this.received.set(id, { bytes: body, type: headers['content-type'] });
    return { status: 200, headers: {} };
  }

  #begin({ finish, id, url }: Upload, call: Call, handle: Handler) {
    const answer = handle(call);
    const body = isObject(answer.body) ? answer.body : {};
    const item = this.#added(finish, call);
    const known = Object.entries(item ?? {}).filter(([name]) => Object.hasOwn(body, name));
    const key = String(item?.[id] ?? body[id]);
    const signature = this.#random.integer(0, 2 ** 31).toString(36);
    this.#signatures.set(key, signature);
    const address = `${this.#sources.origin}${PATH}${encodeURIComponent(key)}?signature=${signature}`;
    return { ...answer, body: { ...body, ...Object.fromEntries(known), [id]: key, [url]: address } };
  }

  /** Adds the announced file as an item of the collection that the confirming operation belongs to. */
  #added({ path }: Operation, call: Call): Resource | undefined {
    const collection = this.#sources.store.collection(path.slice(0, path.lastIndexOf('/{')), []);
    if (!collection?.table.create) return undefined;
    const item = collection.table.create(changesOf(call, collection.table), undefined, []);
    collection.insert(item);
    return item;
  }

  /** @throws Problem 400 for a file that was announced but hasn't arrived. */
  #end(call: Call, handle: Handler) {
    const id = call.path[pathParameters(call.operation.path).at(-1) ?? ''] ?? '';
    if (this.#signatures.has(id) && !this.received.has(id)) {
      throw new Problem(400, 'Bad request', 'The file has not been sent to its address yet.');
    }
    return handle(call);
  }
}
