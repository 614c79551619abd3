import { join } from 'node:path';
import ts from 'typescript';

/** What an editor shows about the name under the cursor. */
export interface Hover {
  /** The signature or type. */
  text: string;
  documentation: string;
  /** JSDoc tags, each as name and text. */
  tags: string[];
}

/** Parsed source files, shared by all editors: those of the compiler's library and of the package don't change. */
const parsed = ts.createDocumentRegistry();

/** A file of a project in an editor, using TypeScript's language service. */
export class Editor {
  readonly #file: string;
  readonly #source: string;
  readonly #service: ts.LanguageService;

  /** @param source Text of a module; comments such as `/*here*\/` mark the places after them. */
  constructor(folder: string, source: string) {
    this.#file = join(folder, 'edited.ts');
    this.#source = source;
    const options: ts.CompilerOptions = {
      module: ts.ModuleKind.Node16,
      moduleResolution: ts.ModuleResolutionKind.Node16,
      target: ts.ScriptTarget.ES2022,
      lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'],
      types: [],
      strict: true,
      exactOptionalPropertyTypes: true,
    };
    const { readFile, fileExists, directoryExists, getDirectories, readDirectory, realpath } = ts.sys;
    const host: ts.LanguageServiceHost = {
      getCompilationSettings: () => options,
      getScriptFileNames: () => [this.#file],
      getScriptVersion: (name) => (name === this.#file ? source : '1'),
      getScriptSnapshot: (name) => {
        const text = name === this.#file ? source : readFile(name);
        return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
      },
      getCurrentDirectory: () => folder,
      getDefaultLibFileName: ts.getDefaultLibFilePath,
      readFile,
      fileExists: (name) => name === this.#file || fileExists(name),
      directoryExists,
      getDirectories,
      readDirectory,
      ...(realpath && { realpath }),
    };
    this.#service = ts.createLanguageService(host, parsed);
  }

  /** The hover over the name that follows a marker. */
  hover(marker: string): Hover {
    const info = this.#service.getQuickInfoAtPosition(this.#file, this.#position(marker));
    if (!info) throw new Error(`Nothing to show at ${marker}`);
    return {
      text: ts.displayPartsToString(info.displayParts),
      documentation: ts.displayPartsToString(info.documentation),
      tags: (info.tags ?? []).map((tag) => `${tag.name} ${ts.displayPartsToString(tag.text)}`),
    };
  }

  /** The names offered at a marker, without those that fit anywhere. */
  completions(marker: string): string[] {
    const offered = this.#service.getCompletionsAtPosition(this.#file, this.#position(marker), {});
    return (offered?.entries ?? []).map((entry) => entry.name);
  }

  /** Dotted names of all methods of a variable's value and of its resources. */
  methods(variable: string): string[] {
    const program = this.#service.getProgram();
    const source = program?.getSourceFile(this.#file);
    const checker = program?.getTypeChecker();
    if (!source || !checker) throw new Error('The file is in no program');
    const declared = checker.getSymbolsInScope(source, ts.SymbolFlags.Variable);
    const symbol = declared.find(({ name }) => name === variable);
    if (!symbol) throw new Error(`No variable is called ${variable}`);
    const below = (type: ts.Type): string[] =>
      type.getProperties().flatMap((member) => {
        if (isInternal(member)) return [];
        const inner = checker.getTypeOfSymbol(member);
        if (inner.getCallSignatures().length > 0) return [member.name];
        const isResource = inner.symbol?.name.endsWith('Resource');
        return isResource ? below(inner).map((name) => `${member.name}.${name}`) : [];
      });
    return below(checker.getTypeOfSymbol(symbol));
  }

  /** What the editor underlines. */
  errors(): string[] {
    const found = [
      ...this.#service.getSyntacticDiagnostics(this.#file),
      ...this.#service.getSemanticDiagnostics(this.#file),
    ];
    return found.map((diagnostic) => ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'));
  }

  #position(marker: string): number {
    const comment = `/*${marker}*/`;
    const at = this.#source.indexOf(comment);
    if (at < 0) throw new Error(`No place is marked ${comment}`);
    return at + comment.length;
  }
}

function isInternal({ valueDeclaration }: ts.Symbol): boolean {
  const internal = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
  return valueDeclaration !== undefined && (ts.getCombinedModifierFlags(valueDeclaration) & internal) !== 0;
}
