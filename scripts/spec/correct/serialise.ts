import { Document, isMap, isScalar, type Node, Scalar, visit, type YAMLMap } from 'yaml';
import type { OpenApiDocument } from '../../../src/document/index.js';

/** Width of a line, for people to read and write. */
const WIDTH = 110;

/** Members whose entries are separated by an empty line. */
const APART = ['paths', 'webhooks'];

/** The document as YAML; the same document always gives the same bytes. */
export function serialise(document: OpenApiDocument): string {
  // Quote what YAML 1.1 reads as date or boolean, since some tools still do.
  const yaml = new Document(document, { aliasDuplicateObjects: false, compat: 'yaml-1.1' });
  visit(yaml, {
    Scalar: (key, node) => {
      const type = key !== 'key' && typeof node.value === 'string' ? blockType(node.value) : undefined;
      if (type) node.type = type;
    },
    Map: (key, node) => {
      if (key === 'value' && isReference(node)) node.flow = true;
    },
    Seq: (_, node) => {
      const words = node.items.map((item) => (isScalar(item) ? String(item.value) : undefined));
      if (words.every((word) => word !== undefined) && words.join(', ').length < WIDTH - 30) node.flow = true;
    },
  });
  if (isMap(yaml.contents)) setApart(yaml.contents);
  return yaml.toString({
    lineWidth: WIDTH,
    singleQuote: true,
    flowCollectionPadding: true,
    minContentWidth: 60,
  });
}

/** Text of several lines keeps its lines; a long sentence is folded. */
function blockType(text: string): Scalar.Type | undefined {
  if (text.includes('\n')) return Scalar.BLOCK_LITERAL;
  return text.length > 80 && text.includes(' ') ? Scalar.BLOCK_FOLDED : undefined;
}

function isReference(node: YAMLMap): boolean {
  return node.items.length === 1 && node.has('$ref');
}

/** Puts empty lines between the parts of the document, its paths and its components. */
function setApart(document: YAMLMap): void {
  separate(document);
  for (const name of APART) separate(document.get(name));
  const components = document.get('components');
  separate(components);
  if (isMap(components)) for (const { value } of components.items) separate(value);
}

function separate(part: unknown): void {
  if (!isMap(part)) return;
  part.items.forEach(({ key }, index) => {
    if (index > 0) (key as Node).spaceBefore = true;
  });
}
