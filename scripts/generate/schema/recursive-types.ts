import ts from 'typescript';

type Types = ReadonlyMap<string, ts.TypeNode>;
type Aliases = ReadonlyMap<string, string>;

/**
 * Makes type aliases of the schemas that contain themselves outside of any object, such as a text or a list of such:
 * TypeScript takes no member of an interface that refers to itself so.
 *
 * @param nodes openapi-typescript's declarations, in which the members get the alias for a type. In place.
 * @param aliasOf the name of the alias of a schema.
 * @returns the aliases' declarations.
 */
export function aliasRecursive(
  nodes: readonly ts.Node[],
  aliasOf: (schema: string) => string | undefined,
): ts.TypeAliasDeclaration[] {
  const members = schemaMembers(nodes);
  const types: Types = new Map(members.map((member) => [nameOf(member), member.type as ts.TypeNode]));
  const aliases: Aliases = new Map(
    [...types.keys()].flatMap((name) => {
      const alias = containsItself(name, types) ? aliasOf(name) : undefined;
      return alias === undefined ? [] : [[name, alias] as const];
    }),
  );
  return members.flatMap((member) => {
    const alias = aliases.get(nameOf(member));
    const { type } = member;
    if (alias === undefined || !type) return [];
    Object.assign(member, { type: ts.factory.createTypeReferenceNode(alias) });
    const modifiers = [ts.factory.createModifier(ts.SyntaxKind.ExportKeyword)];
    return ts.factory.createTypeAliasDeclaration(modifiers, alias, undefined, withAliases(type, aliases));
  });
}

/** The members of `components.schemas`. */
function schemaMembers(nodes: readonly ts.Node[]): ts.PropertySignature[] {
  const components = nodes.filter(ts.isInterfaceDeclaration).find(({ name }) => name.text === 'components');
  const schemas = components?.members.filter(ts.isPropertySignature).find((one) => nameOf(one) === 'schemas');
  return schemas?.type && ts.isTypeLiteralNode(schemas.type)
    ? schemas.type.members.filter(ts.isPropertySignature)
    : [];
}

function nameOf({ name }: ts.PropertySignature): string {
  return ts.isComputedPropertyName(name) ? '' : name.text;
}

function containsItself(name: string, types: Types): boolean {
  const seen = new Set<string>();
  const next = [name];
  for (const one of next) {
    for (const other of directReferences(types.get(one))) {
      if (other === name) return true;
      if (!seen.has(other)) next.push(other);
      seen.add(other);
    }
  }
  return false;
}

/** The schemas that a type refers to outside of its objects, whose members TypeScript looks at later. */
function directReferences(type: ts.Node | undefined): string[] {
  if (!type || ts.isTypeLiteralNode(type)) return [];
  const name = schemaOf(type);
  if (name !== undefined) return [name];
  const found: string[] = [];
  ts.forEachChild(type, (child) => {
    found.push(...directReferences(child));
  });
  return found;
}

function withAliases(type: ts.TypeNode, aliases: Aliases): ts.TypeNode {
  const visit = (node: ts.Node): ts.Node => {
    const alias = aliases.get(schemaOf(node) ?? '');
    return alias === undefined
      ? ts.visitEachChild(node, visit, undefined)
      : ts.factory.createTypeReferenceNode(alias);
  };
  return visit(type) as ts.TypeNode;
}

/** `Loaf`, for `components["schemas"]["Loaf"]` */
function schemaOf(node: ts.Node): string | undefined {
  if (!ts.isIndexedAccessTypeNode(node) || !ts.isIndexedAccessTypeNode(node.objectType)) return undefined;
  const [kind, name] = [node.objectType.indexType, node.indexType].map((index) =>
    ts.isLiteralTypeNode(index) && ts.isStringLiteral(index.literal) ? index.literal.text : undefined,
  );
  return kind === 'schemas' ? name : undefined;
}
