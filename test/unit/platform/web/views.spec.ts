import { describe, expect, it } from '@jest/globals';
import Handlebars from 'handlebars';
import type { Locale } from '../../../../src/kernel/locale.js';
import { Translator } from '../../../../src/platform/i18n/translator.js';
import { fieldHelpers } from '../../../../src/platform/web/field-helpers.js';
import {
  keepBlockContext,
  parseTemplate,
  preferValues,
  templateFaults,
} from '../../../../src/platform/web/template-checks.js';
import { safeUrl, scriptJson, viewHelpers } from '../../../../src/platform/web/view-helpers.js';
import { Views } from '../../../../src/platform/web/views.js';
import { hostile } from '../../../support/hostile.js';

const translator = new Translator();
const views = new Views(translator);
const helpers = { ...viewHelpers(translator), ...fieldHelpers(translator) };
const names = new Set(Object.keys(helpers));

/** Renders a piece of template as Views does. */
function piece(
  source: string,
  model: object = {},
  locale: Locale = 'en',
  partials: Record<string, string> = {},
): string {
  const engine = Handlebars.create();
  engine.registerHelper(helpers);
  const compiled = (text: string) => {
    const ast = parseTemplate('piece', text);
    preferValues(ast, names);
    keepBlockContext(ast);
    return engine.compile(ast, { explicitPartialContext: true });
  };
  for (const [name, text] of Object.entries(partials)) engine.registerPartial(name, compiled(text));
  return compiled(source)({ ...model, locale });
}

const partial = (name: string, params: object, root: object = {}, locale: Locale = 'en') =>
  views
    .render(`partials/${name}`, { ...params, ...root }, { locale, layout: null })
    .replace(/\s*\n\s*/g, '\n')
    .replaceAll(' dir="ltr"', '')
    .trim();

const page = {
  title: 'Programme',
  path: '/en/c/x',
  csrf: 'token"<',
  idempotencyKey: 'key',
  alternates: [
    { locale: 'be', href: '/be/c/x', current: false },
    { locale: 'en', href: '/en/c/x', current: true },
  ],
  viewer: { name: 'Ада <b>', kind: 'account' },
  notice: 'Saved <b>',
  breadcrumbs: [{ label: 'Calendar <b>', href: 'javascript:alert(1)' }],
  section: 'people',
  robots: null,
  development: false,
  canonical: 'https://library.example/en/c/x',
};

describe('Views', () => {
  it('sets language and direction of the document, and escapes what the web core gives', () => {
    for (const layout of ['public', 'staff', 'plain']) {
      const html = views.render(
        'pages/errors/not-found',
        { message: '<i>', page },
        { locale: 'en', layout, dir: 'rtl' },
      );
      expect(html).toContain('<html lang="en" dir="rtl">');
      expect(html).toContain('<h1>&lt;i&gt;</h1>');
      expect(html).not.toMatch(/<b>|<i>|javascript:|token"/);
    }
  });

  it('links to the same page in the other languages, each in its own name', () => {
    const html = views.render('pages/errors/not-found', { message: 'x', page }, { locale: 'en', layout: 'public' });
    expect(html).toContain('<a href="/be/c/x" lang="be" hreflang="be" rel="alternate">Беларуская</a>');
    expect(html).toContain('<span aria-current="true" lang="en">English</span>');
  });

  it('renders every template of the error pages in every language', () => {
    for (const name of ['not-found', 'forbidden', 'server-error', 'too-many', 'stale', 'unavailable', 'bad-request'])
      for (const locale of ['be', 'ru', 'en'] as const)
        expect(
          views.render(`pages/errors/${name}`, { message: 'm', requestId: 'r', page }, { locale, layout: 'plain' }),
        ).toContain('<h1>m</h1>');
  });

  it('lets no model choose layout, language or inherited fields [B7]', () => {
    const model = Object.assign(Object.create({ message: 'inherited' }) as object, {
      layout: 'staff',
      locale: 'ru',
      page,
    });
    const html = views.render('pages/errors/not-found', model, { locale: 'en', layout: 'plain' });
    expect(html).toContain('<body class="plain">');
    expect(html).toContain('<html lang="en"');
    expect(html).not.toContain('inherited');
    const rows = [Object.create({ label: 'inherited', value: 'inherited' }) as object];
    expect(partial('summary-list', { rows })).not.toContain('inherited');
  });

  it('throws for an unknown page', () => {
    expect(() => views.render('pages/nowhere', {}, { locale: 'en' })).toThrow(
      'no template templates/pages/nowhere.hbs',
    );
  });
});

describe('template checks', () => {
  const faults = (source: string) =>
    templateFaults(source, parseTemplate('x', source), new Set(['tag']), new Set(['t', 'if']));

  it('find an unknown helper, however it is called', () => {
    expect(
      ['{{shout a}}', '{{shout b=1}}', '{{#shout a}}{{/shout}}', '{{t (shout a)}}', '{{> tag a=(shout)}}'].map(faults),
    ).toEqual(Array.from({ length: 5 }, () => ['unknown helper shout']));
    expect(faults('{{t "a.b"}} {{plain}} {{#if a}}{{b.c}}{{/if}} {{#items}}{{/items}} {{> tag}}')).toEqual([]);
  });

  it('find a value without quotes, and none in a query within quotes', () => {
    expect(
      ['<p class={{kind}}>', '<a href="/a?b={{c}}" class={{kind}}>', '<p {{#if a}}b{{/if}} class= {{kind}}>'].map(
        faults,
      ),
    ).toEqual([['attribute without quotes'], ['attribute without quotes'], ['attribute without quotes']]);
    expect(faults('<a href="/a?b={{c}}&amp;d={{e}}">x = {{y}}</a>')).toEqual([]);
  });

  it('name the file whose syntax is broken', () => {
    expect(() => parseTemplate('pages/x', '{{#if a}}')).toThrow(/^templates\/pages\/x\.hbs: /);
  });

  it('make a bare name the value even where a helper is called so', () => {
    expect(piece('{{name}} {{#each list}}{{date}}{{/each}}', { name: 'Ada', list: [{ date: 'x' }] })).toBe('Ada x');
  });

  it('keep fields away from partials but the context within a block', () => {
    const partials = { box: '[{{hint}}{{title}}{{> @partial-block}}]', plain: '<{{hint}}>' };
    expect(
      piece(
        '{{#with a}}{{> plain}}{{> plain hint="h"}}{{#> box title="T"}}{{hint}}{{../b}}{{/box}}{{/with}}',
        { a: { hint: 'x' }, b: 'B' },
        'en',
        partials,
      ),
    ).toBe('<><h>[TxB]');
  });
});

describe('helpers', () => {
  it('keep markup of other helpers inside a message and escape the rest', () => {
    expect(piece('{{t "common.errorTitle" title=(name who)}}', { who: { given: '<b>', family: '&' } })).toBe(
      'Error: <bdi>&lt;b&gt; &amp;</bdi>',
    );
    expect(piece('{{t "common.errorTitle" title=text}}', { text: '<b>' })).toBe('Error: &lt;b&gt;');
    expect(piece('{{t "common.readerTime" time=text city=(name "x")}}', { text: '\uf8f01\uf8f1<' })).toBe(
      '\uf8f01\uf8f1&lt; in <bdi>x</bdi>',
    );
  });

  it('mark a text that is shown in another language, except where markup may not stand', () => {
    const text = { ru: 'Круглый <b>' };
    expect(piece('{{loc text}}|{{locText text}}|{{missingIn text}}', { text }, 'en')).toBe(
      '<span lang="ru">Круглый &lt;b&gt;</span>|Круглый &lt;b&gt;|ru',
    );
    expect(piece('{{loc text}}|{{missingIn text}}|{{loc none}}', { text }, 'ru')).toBe('Круглый &lt;b&gt;||');
    expect(piece('{{markdown text}}', { text: { ru: '**a** <b>' } }, 'en')).toMatch(
      /^<div lang="ru"><p><strong>a<\/strong> &lt;b&gt;<\/p>\s*<\/div>$/,
    );
  });

  it('take the zone of the call, of the page, and of the library, in this order', () => {
    const at = new Date('2027-10-12T07:00:00Z');
    expect(piece('{{time at}} {{time at zone="Asia/Shanghai"}}', { at })).toBe('10:00 15:00');
    expect(piece('{{dateTime at}}', { at: at.toISOString(), zone: 'Asia/Jakarta' })).toBe(
      '12 October 2027, 14:00 Jakarta time, UTC+7',
    );
    expect(piece('{{timeTag at format="time" readerTime=true}}', { at })).toBe(
      '<time datetime="2027-10-12T07:00:00.000Z" data-reader-time data-zone="Europe/Minsk">10:00</time>',
    );
    expect(piece('{{date none}}', {})).toBe('');
    expect(() => piece('{{date at}}', { at: 'soon' })).toThrow('not an instant');
  });

  it('write JSON that ends no script block and parses to the same [X6]', () => {
    const model = { a: '</script><script>alert(1)//&\u2028\u2029<!--', b: [1, null, 'я'] };
    const text = scriptJson(model);
    expect(text).not.toMatch(/[<>&\u2028\u2029]/);
    expect(JSON.parse(text)).toEqual(model);
    expect(piece('{{json data}}', { data: model })).toBe(text);
  });

  it('let only harmless addresses through [X2]', () => {
    expect(
      ['/en/c/x?day=1#a', '#main', '?day=2', 'https://library.example/a', 'mailto:anna@library.example', '/'].map(
        safeUrl,
      ),
    ).toEqual(['/en/c/x?day=1#a', '#main', '?day=2', 'https://library.example/a', 'mailto:anna@library.example', '/']);
    expect(
      [
        '//evil.example',
        '/\\evil.example',
        'javascript:alert(1)',
        ' javascript:alert(1)',
        'data:text/html,x',
        'x',
        '',
        null,
        7,
        {},
      ].map(safeUrl),
    ).toEqual(Array.from({ length: 10 }, () => '#'));
  });

  it.each(hostile('xss').map(({ value }) => value))('show %j as text wherever a text can stand [X2]', (value) => {
    const html = piece(
      '<p title="{{text}}" lang="{{locText local}}">{{text}}{{loc local}}{{name text}}{{t "common.errorTitle" title=(name text)}}{{markdown text}}</p><a href="{{safeUrl text}}">x</a>',
      { text: value, local: { ru: value } },
    );
    const tags = [...html.matchAll(/<\/?([a-z][\w-]*)/gi)].map(([, tag]) => tag!.toLowerCase());
    expect(
      tags.filter((tag) =>
        [
          'script',
          'img',
          'svg',
          'iframe',
          'style',
          'object',
          'embed',
          'form',
          'input',
          'math',
          'video',
          'details',
        ].includes(tag),
      ),
    ).toEqual([]);
    expect(html).not.toMatch(/<[^>]*\son\w+\s*=/i);
    expect(html).not.toMatch(/(href|src)="\s*(javascript|data|vbscript):/i);
  });
});

describe('form partials', () => {
  const form = {
    values: { email: 'anna@"<', 'title.be': 'Назва', days: ['2'], country: 'MM', agreed: 'on', when: { day: '7' } },
    errors: { email: 'Write it <in full>', 'title.en': 'Too long', agreed: 'Tick it', when: 'No such day' },
    summary: [{ field: 'email', message: 'Write it <in full>', id: 'field-email' }],
  };

  it('tie hint and message to the field and keep its value', () => {
    const html = partial('text-input', { name: 'email', label: 'E-mail', hint: 'Where to', type: 'email' }, { form });
    expect(html).toContain('<label class="label" for="field-email">E-mail</label>');
    expect(html).toContain('<p class="hint" id="field-email-hint">Where to</p>');
    expect(html).toContain(
      '<p class="error-text" id="field-email-error"><span class="hidden">Error: </span>Write it &lt;in full&gt;</p>',
    );
    expect(html).toContain(
      'value="anna@&quot;&lt;" aria-describedby="field-email-hint field-email-error" aria-invalid="true">',
    );
  });

  it('leave a field without faults without marks', () => {
    const html = partial('text-input', { name: 'phone', label: 'Phone', optional: true, value: '1' }, { form });
    expect(html).toContain('(optional)');
    expect(html).toContain('value="1">');
    expect(html).not.toMatch(/aria-|error/);
  });

  it('link the summary to the fields', () => {
    expect(partial('error-summary', {}, { form })).toContain('<a href="#field-email">Write it &lt;in full&gt;</a>');
    expect(partial('error-summary', {}, { form: { values: {}, errors: {}, summary: [] } })).toBe('');
  });

  it('choose what was chosen, with capitals where words stand alone', () => {
    expect(
      partial(
        'checkboxes',
        {
          name: 'days',
          label: 'Days',
          options: [
            { value: '1', label: 'A' },
            { value: '2', label: 'B' },
          ],
        },
        { form },
      ),
    ).toMatch(/value="1">\n<label.*A[^]*value="2" checked>/);
    expect(
      partial('country-select', { name: 'country', label: 'Country' }, { form }).match(/<option [^>]*selected>[^<]*/g),
    ).toEqual(['<option value="MM" selected>Myanmar']);
    expect(partial('select', { name: 'form', label: 'Form', values: ['online'], labels: 'form' }, {}, 'be')).toContain(
      '<option value="online">Анлайн</option>',
    );
    expect(partial('checkbox', { name: 'agreed', label: 'I agree' }, { form })).toContain(
      'value="on" checked aria-describedby="field-agreed-error" aria-invalid="true"',
    );
  });

  it('name each language and date part of a group', () => {
    const title = partial('localized-input', { name: 'title', label: 'Title', value: { ru: 'Название' } }, { form });
    expect(title.match(/<input[^>]*>/g)).toEqual([
      '<input class="input" id="field-title-be" name="title.be" value="Назва" lang="be" dir="auto">',
      '<input class="input" id="field-title-ru" name="title.ru" value="Название" lang="ru" dir="auto">',
      '<input class="input" id="field-title-en" name="title.en" value="" lang="en" dir="auto" aria-describedby="field-title-en-error" aria-invalid="true">',
    ]);
    const when = partial('date-input', { name: 'when', label: 'When' }, { form });
    expect(when).toContain(
      '<fieldset class="field field-bad" id="field-when" tabindex="-1" aria-describedby="field-when-error">',
    );
    expect(when.match(/name="[^"]*" value="[^"]*"/g)).toEqual([
      'name="when.day" value="7"',
      'name="when.month" value=""',
      'name="when.year" value=""',
    ]);
  });

  it('carry the page’s token, and a key where a second press must be harmless', () => {
    expect(
      partial('hidden-fields', { idempotent: true, version: 3 }, { page }).match(/name="[^"]*" value="[^"]*"/g),
    ).toEqual(['name="_csrf" value="token&quot;&lt;"', 'name="_key" value="key"', 'name="version" value="3"']);
  });
});
