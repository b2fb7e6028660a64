import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export interface Source {
  /** From the project's root, with slashes. */
  path: string;
  text: string;
  tree: ts.SourceFile;
}

/** Paths of all files below a folder that end like that, from the project's root. Never none: a rule about nothing proves nothing. */
export function files(folder: string, ending: string): string[] {
  const found = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => `${folder}/${name.split(sep).join('/')}`)
    .sort();
  if (found.length === 0) throw new Error(`no file below ${folder} ends with ${ending}`);
  return found;
}

export function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** A source file with its syntax tree, so that comments and strings are not taken for code. */
export function parse(path: string, text: string): Source {
  return { path, text, tree: ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true) };
}

export function sources(folder = 'src'): Source[] {
  return files(folder, '.ts').map((path) => parse(path, read(path)));
}

export function visit(node: ts.Node, see: (node: ts.Node) => void): void {
  see(node);
  ts.forEachChild(node, (child) => visit(child, see));
}

/** Everything in the trees that `pick` answers with a text, as "path:line text". */
export function findings(
  list: readonly Source[],
  pick: (node: ts.Node, source: Source) => string | undefined,
): string[] {
  return list.flatMap((source) => {
    const found: string[] = [];
    visit(source.tree, (node) => {
      const text = pick(node, source);
      if (text !== undefined)
        found.push(`${source.path}:${source.tree.getLineAndCharacterOfPosition(node.getStart()).line + 1} ${text}`);
    });
    return found;
  });
}

/** The fixed texts of a node: string literals, the pieces of templates, regular expressions. */
export function fixedText(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node))
    return node.text;
  return ts.isRegularExpressionLiteral(node) ? node.text : undefined;
}

/** The module and the names of an import that exists at run time (`import type` is gone by then). */
export function runtimeImport(node: ts.Node): { from: string; names: string[] } | undefined {
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    const [from] = node.arguments;
    return from && ts.isStringLiteralLike(from)
      ? { from: from.text, names: ['*'] }
      : { from: '(computed)', names: ['*'] };
  }
  if (!ts.isImportDeclaration(node) && !(ts.isExportDeclaration(node) && node.moduleSpecifier)) return undefined;
  const from = (node.moduleSpecifier as ts.StringLiteral).text;
  if (ts.isExportDeclaration(node)) return node.isTypeOnly ? undefined : { from, names: ['*'] };
  const clause = node.importClause;
  if (clause?.isTypeOnly) return undefined;
  const bindings = clause?.namedBindings;
  if (!bindings || !ts.isNamedImports(bindings) || clause.name) return { from, names: ['*'] };
  const names = bindings.elements
    .filter((element) => !element.isTypeOnly)
    .map((element) => (element.propertyName ?? element.name).text);
  return names.length > 0 ? { from, names } : undefined;
}
