import { readdirSync, readFileSync } from 'node:fs';
import { sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Injectable } from '@nestjs/common';
import Handlebars from 'handlebars';
import type { Locale } from '../../kernel/locale.js';
import { Translator } from '../i18n/translator.js';
import { fieldHelpers } from './field-helpers.js';
import { keepBlockContext, parseTemplate, preferValues, templateFaults } from './template-checks.js';
import { viewHelpers } from './view-helpers.js';

export interface RenderOptions {
  readonly locale: Locale;
  /** A file of templates/layouts, or null for a fragment without a frame. */
  readonly layout?: string | null;
  readonly dir?: 'ltr' | 'rtl';
}

const ROOT = fileURLToPath(new URL('../../../templates/', import.meta.url));
const FOLDERS = ['layouts', 'partials', 'pages'];
const BUILT_IN = ['if', 'unless', 'each', 'with', 'lookup'];
const RUNTIME = { allowProtoPropertiesByDefault: false, allowProtoMethodsByDefault: false } as const;

/**
 * The pages of the house, read and checked at start: a template that does not parse, calls an unknown helper or partial, or
 * holds what the content policy forbids, stops the start. Templates come from disk only, never from data ([X2], [X3]).
 */
@Injectable()
export class Views {
  private readonly engine = Handlebars.create();
  private readonly templates = new Map<string, Handlebars.TemplateDelegate>();

  constructor(translator: Translator) {
    const helpers = { ...viewHelpers(translator), ...fieldHelpers(translator) };
    this.engine.registerHelper(helpers);
    const names = new Set([...Object.keys(helpers), ...BUILT_IN]);
    this.readAll(sources(), names);
  }

  /**
   * The page as HTML. `template` is a path below templates/ without its ending (`pages/errors/not-found`). The model's own
   * fields are there as they are; `locale`, `dir` and (in layouts) `body` are added. Throws for a name that does not exist.
   */
  render(template: string, model: object, { locale, layout = 'public', dir = 'ltr' }: RenderOptions): string {
    const page = this.template(template);
    const root = { ...model, locale, dir };
    const body = page(root, RUNTIME);
    if (layout === null) return body;
    return this.template(`layouts/${layout}`)({ ...root, body: new Handlebars.SafeString(body) }, RUNTIME);
  }

  /** Names of all templates, for the tests that look at each. */
  names(): string[] {
    return [...this.templates.keys()];
  }

  private template(name: string): Handlebars.TemplateDelegate {
    const found = this.templates.get(name);
    if (!found) throw new Error(`no template templates/${name}.hbs`);
    return found;
  }

  private readAll(files: ReadonlyMap<string, string>, helpers: ReadonlySet<string>): void {
    const partials = new Set([...files.keys()].filter((name) => name.startsWith('partials/')).map(partialName));
    const knownHelpers = Object.fromEntries([...helpers].map((name) => [name, true]));
    for (const [name, source] of files) {
      const ast = parseTemplate(name, source);
      const faults = templateFaults(source, ast, partials, helpers);
      if (faults.length > 0) throw new Error(`templates/${name}.hbs: ${faults.join('; ')}`);
      preferValues(ast, helpers);
      keepBlockContext(ast);
      // Handlebars generates the code at the first call: start-up pays for reading and checking only.
      const compiled = this.engine.compile(ast, {
        knownHelpers,
        knownHelpersOnly: true,
        explicitPartialContext: true,
        preventIndent: true,
      });
      this.templates.set(name, compiled);
      if (name.startsWith('partials/')) this.engine.registerPartial(partialName(name), compiled);
    }
  }
}

function partialName(name: string): string {
  return name.slice('partials/'.length);
}

function sources(): Map<string, string> {
  const files = new Map<string, string>();
  for (const folder of FOLDERS) {
    for (const file of readdirSync(`${ROOT}${folder}`, { recursive: true, encoding: 'utf8' }).sort()) {
      if (!file.endsWith('.hbs')) continue;
      const name = `${folder}/${file.slice(0, -'.hbs'.length).split(sep).join('/')}`;
      files.set(name, readFileSync(`${ROOT}${folder}/${file}`, 'utf8'));
    }
  }
  return files;
}
