import { Injectable } from '@nestjs/common';
import Handlebars from 'handlebars';
import type { Locale } from '../../kernel/locale.js';
import { Translator } from '../i18n/translator.js';
import { fieldHelpers } from './field-helpers.js';
import { keepBlockContext, parseTemplate, preferValues } from './template-checks.js';
import { checkedTemplates, partialName } from './template-sources.js';
import { viewHelpers } from './view-helpers.js';

export interface RenderOptions {
  readonly locale: Locale;
  /** A file of templates/layouts, or null for a fragment without a frame. */
  readonly layout?: string | null;
  readonly dir?: 'ltr' | 'rtl';
}

const BUILT_IN = ['if', 'unless', 'each', 'with', 'lookup'];
const RUNTIME = { allowProtoPropertiesByDefault: false, allowProtoMethodsByDefault: false } as const;

/**
 * The pages of the house, read and checked at start, compiled when they are first shown. Templates come from disk only, never
 * from data ([X2], [X3]).
 */
@Injectable()
export class Views {
  private readonly engine = Handlebars.create();
  private readonly helpers: ReadonlySet<string>;
  private readonly knownHelpers: Record<string, boolean>;
  private readonly sources: ReadonlyMap<string, string>;
  private readonly templates = new Map<string, Handlebars.TemplateDelegate>();

  constructor(translator: Translator) {
    const helpers = { ...viewHelpers(translator), ...fieldHelpers(translator) };
    this.engine.registerHelper(helpers);
    this.helpers = new Set([...Object.keys(helpers), ...BUILT_IN]);
    this.knownHelpers = Object.fromEntries([...this.helpers].map((name) => [name, true]));
    this.sources = checkedTemplates(this.helpers);
    for (const name of this.sources.keys()) {
      const partial = partialName(name);
      if (partial !== null) this.engine.registerPartial(partial, (...args) => this.template(name)(...args));
    }
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
    return [...this.sources.keys()];
  }

  private template(name: string): Handlebars.TemplateDelegate {
    let template = this.templates.get(name);
    if (!template) this.templates.set(name, (template = this.compiled(name)));
    return template;
  }

  private compiled(name: string): Handlebars.TemplateDelegate {
    const source = this.sources.get(name);
    if (source === undefined) throw new Error(`no template templates/${name}.hbs`);
    const ast = parseTemplate(name, source);
    preferValues(ast, this.helpers);
    keepBlockContext(ast);
    return this.engine.compile(ast, {
      knownHelpers: this.knownHelpers,
      knownHelpersOnly: true,
      explicitPartialContext: true,
      preventIndent: true,
    });
  }
}
