import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { files, findings, fixedText, parse, read, runtimeImport, sources, type Source } from './house.js';

/** A rule about what code may hold: where it holds anyway, and what it finds. Each is tried on a line that breaks it. */
interface Rule {
  title: string;
  /** Paths that are allowed to, because it is their task. */
  except: RegExp;
  find: (node: ts.Node, source: Source) => string | undefined;
  breaks: readonly string[];
  fine: readonly string[];
}

const NETWORK =
  /^(node:)?(http|https|http2|net|tls|dgram|dns|dns\/promises|inspector|cluster)$|^(undici|axios|got|ky|node-fetch|superagent|needle|ws)(\/|$)/;
const ADDRESS_PARSERS = ['isIP', 'isIPv4', 'isIPv6', 'BlockList'];
const SECRET = /(^|\.)(\w*(token|signature|secret|digest|hmac|mac)(hash)?|codeHash)$/i;

const RULES: readonly Rule[] = [
  {
    // A setting that is read where it is used cannot be checked at start, listed in a table, or set by a test.
    title: 'reads the environment in platform/config only',
    except: /^src\/platform\/config\//,
    find: (node) => {
      if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) {
        const name = ts.isPropertyAccessExpression(node) ? node.name.text : fixedText(node.argumentExpression);
        return /^(globalThis\.)?process$/.test(node.expression.getText()) && name === 'env'
          ? node.getText()
          : undefined;
      }
      if (
        ts.isVariableDeclaration(node) &&
        node.initializer?.getText() === 'process' &&
        ts.isObjectBindingPattern(node.name)
      )
        return node.getText();
      const imported = runtimeImport(node);
      return imported && /^(node:)?process$/.test(imported.from) ? `import from ${imported.from}` : undefined;
    },
    breaks: [
      'const port = process.env.PORT;',
      "process['env'];",
      'const { env } = process;',
      "import { env } from 'node:process';",
    ],
    fine: ['process.version;', '// process.env', 'process.stdout.write("x");'],
  },
  {
    // What the engines do differently stands in one folder, so that everything else runs on all of them unchanged.
    // platform/config knows the schemes of DATABASE_URL, nothing more.
    title: 'names database engines in platform/database only',
    except: /^src\/platform\/(database|config)\//,
    find: (node) => (/sqlite|mariadb|mysql/.test(fixedText(node) ?? '') ? node.getText() : undefined),
    breaks: ["source.options.type === 'better-sqlite3';", 'url.startsWith(`mariadb:`);', '/^mysql:/.test(url);'],
    fine: ["'SQLite is the default';", '// sqlite'],
  },
  {
    // [CG1] Calendar text by hand is where escaping, folding and time zones go wrong.
    title: 'writes calendar components in platform/calendar only [CG1]',
    except: /^src\/platform\/calendar\//,
    find: (node) => (/BEGIN:V/i.test(fixedText(node) ?? '') ? node.getText() : undefined),
    breaks: ["const head = 'BEGIN:VEVENT';", '`BEGIN:V${kind}`;'],
    fine: ["'BEGINNING';"],
  },
  {
    // [F4] An address that a user gave is never fetched: so nobody can make the server knock at doors inside the house.
    title: 'opens sockets in platform/mail and platform/database only [F4]',
    except: /^src\/platform\/(mail|database)\//,
    find: (node) => {
      const imported = runtimeImport(node);
      if (imported && NETWORK.test(imported.from)) {
        return imported.names.every((name) => ADDRESS_PARSERS.includes(name))
          ? undefined
          : `import { ${imported.names.join(', ')} } from ${imported.from}`;
      }
      if (ts.isNewExpression(node) && /^(globalThis\.)?(WebSocket|EventSource)$/.test(node.expression.getText()))
        return node.getText();
      return ts.isCallExpression(node) && /^(globalThis\.)?fetch$/.test(node.expression.getText())
        ? node.getText()
        : undefined;
    },
    breaks: [
      "import { request } from 'node:https';",
      "import net from 'net';",
      "const m = await import('undici');",
      'await fetch(url);',
      'new WebSocket(url);',
    ],
    fine: [
      "import { isIP } from 'node:net';",
      "import type { IncomingMessage } from 'node:http';",
      "import { type Server } from 'node:http';",
      'prefetch(url);',
    ],
  },
  {
    // [T2] `===` stops at the first difference, and the time that it takes tells where that was.
    title: 'compares secrets in constant time [T2]',
    except: /^$/,
    find: (node) => {
      if (!ts.isBinaryExpression(node) || !/^[!=]==?$/.test(node.operatorToken.getText())) return undefined;
      const sides = [node.left, node.right];
      const harmless = (side: ts.Node) =>
        ts.isLiteralExpression(side) ||
        ts.isTypeOfExpression(side) ||
        /^(null|undefined|true|false)$/.test(side.getText());
      return sides.some(harmless) || !sides.some((side) => SECRET.test(side.getText())) ? undefined : node.getText();
    },
    breaks: ['if (row.tokenHash === hash) ok();', 'given !== expected.signature;', 'a.codeHash == b;'],
    fine: ['token === undefined;', "typeof token === 'string';", "purpose === 'token';", 'tokens.length === count;'],
  },
  {
    title: 'compiles templates in platform/web and platform/mail only, from disk [P29]',
    // Handlebars takes a syntax tree as well as a text: an object of a request that got there would be run.
    except: /^src\/platform\/(web\/views|mail\/mail-renderer)\.ts$/,
    find: (node) =>
      ts.isCallExpression(node) && /(^|\.)(Handlebars|hbs|engine)\.(pre)?compile$/i.test(node.expression.getText())
        ? node.getText()
        : undefined,
    breaks: ['Handlebars.compile(text);', 'this.engine.compile(request.body);', 'engine.precompile(text);'],
    fine: ['new Handlebars.SafeString(html);', 'new MailComposer({}).compile();'],
  },
  {
    // [X3] What becomes code must come from disk: one call on a value from a form is the end of the house.
    title: 'turns no text into code [X3]',
    except: /^$/,
    find: (node) => {
      if (ts.isCallExpression(node) && /^(globalThis\.)?(eval|Function)$/.test(node.expression.getText()))
        return node.getText();
      if (ts.isNewExpression(node) && node.expression.getText() === 'Function') return node.getText();
      const imported = runtimeImport(node);
      return imported && /^(node:)?vm$/.test(imported.from) ? `import from ${imported.from}` : undefined;
    },
    breaks: ['eval(text);', "new Function('a', text);", "import vm from 'node:vm';"],
    fine: ['evaluate(text);', 'const f: Function = g;'],
  },
];

describe('the code', () => {
  const house = sources();

  it.each(RULES.map((rule) => [rule.title, rule] as const))('%s', (_title, { except, find, breaks, fine }) => {
    for (const line of breaks) expect([line, findings([parse('src/x.ts', line)], find).length]).toEqual([line, 1]);
    for (const line of fine) expect([line, findings([parse('src/x.ts', line)], find)]).toEqual([line, []]);
    const bound = house.filter(({ path }) => !except.test(path));
    expect(bound.length).toBeGreaterThan(0);
    expect(findings(bound, find)).toEqual([]);
  });

  it('writes calendar components in no template either [CG1]', () => {
    expect(files('templates', '.hbs').filter((path) => /BEGIN:V/i.test(read(path)))).toEqual([]);
  });

  it('has no default exports, whose name everybody chooses anew', () => {
    const isDefault = (node: ts.Node) =>
      ts.isExportAssignment(node) ||
      (ts.canHaveModifiers(node) &&
        (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword));
    const find = (node: ts.Node) => (isDefault(node) ? 'default export' : undefined);
    expect(
      findings(
        [parse('src/x.ts', 'export default class A {}\n'), parse('src/y.ts', 'const a = 1;\nexport default a;\n')],
        find,
      ),
    ).toHaveLength(2);
    expect(findings(house, find)).toEqual([]);
  });
});
