import { describe, expect, it } from '@jest/globals';
import Handlebars from 'handlebars';
import { Translator } from '../../src/platform/i18n/translator.js';
import { parseTemplate, templateFaults } from '../../src/platform/web/template-checks.js';
import { Views } from '../../src/platform/web/views.js';
import { files, read } from './house.js';

const PARTIALS = new Set(['field']);
const faults = (source: string) => templateFaults(source, parseTemplate('x', source), PARTIALS);

/** What the content policy forbids or escaping does not cover, one line each. */
const BAD: readonly [title: string, source: string][] = [
  ['an inline script', '<script>start()</script>'],
  ['an inline module', '<script type="module">start()</script>'],
  ['a style attribute', '<p style="color:red">x</p>'],
  ['a style attribute after a condition', '<p {{#if a}}hidden{{/if}} style="color:red">x</p>'],
  ['a style element', '<style>p { color: red }</style>'],
  ['an event attribute', '<button onclick="start()">x</button>'],
  ['an event attribute in capitals', '<button OnClick="start()">x</button>'],
  ['an hx-on attribute', '<div hx-on:click="start()">x</div>'],
  ['a javascript address', '<a href="javascript:start()">x</a>'],
  ['a triple-stash', '<p>{{{text}}}</p>'],
  ['an ampersand that does not escape', '<p>{{&text}}</p>'],
  ['an attribute without quotes', '<p class={{kind}}>x</p>'],
  ['markup inside an attribute', '<p title="{{name person}}">x</p>'],
  ['an unknown partial', '{{> fields}}'],
];

const GOOD = `<script src="/assets/app.js" type="module"></script><script type="application/json">{{json data}}</script>
<p class="{{kind}}" title="{{text}}">{{name person}} {{text}}</p>{{> field}}{{!-- <p style="x"> --}}`;

describe('page templates', () => {
  it('compile with known helpers and partials, and hold nothing that the content policy forbids [B2] [X2]', () => {
    const paths = ['layouts', 'partials', 'pages'].flatMap((folder) => files(`templates/${folder}`, '.hbs'));
    expect(new Views(new Translator()).names().sort()).toEqual(
      paths.map((path) => path.slice('templates/'.length, -'.hbs'.length)).sort(),
    );
    const partials = new Set(
      files('templates/partials', '.hbs').map((path) => path.slice('templates/partials/'.length, -'.hbs'.length)),
    );
    const found = paths.map(
      (path) => [path, templateFaults(read(path), parseTemplate(path, read(path)), partials)] as const,
    );
    expect(found.filter(([, list]) => list.length > 0)).toEqual([]);
  });

  it.each(BAD)('are refused for %s [B2] [X2]', (_title, source) => {
    expect(faults(source)).not.toEqual([]);
  });

  it('are accepted with script files, data blocks, and values in quotes', () => {
    expect(faults(GOOD)).toEqual([]);
  });
});

describe('mail templates', () => {
  // Mail readers know no style sheet of ours, so style attributes are needed here; scripts and remote pictures are not.
  const paths = files('templates/mails', '.hbs');

  it('compile, escape every value, and load nothing from outside [X4]', () => {
    const forbidden = [
      /<script/i,
      /<img/i,
      /<link\b/i,
      /\son[a-z]+\s*=/i,
      /url\(/i,
      /@import/i,
      /=\s*\{\{/,
      /\{\{\{/,
      /\{\{&/,
    ];
    const html = paths.filter((path) => path.endsWith('.html.hbs'));
    expect(html).not.toEqual([]);
    expect(
      html.flatMap((path) =>
        forbidden.filter((pattern) => pattern.test(read(path))).map((pattern) => `${path} ${pattern.source}`),
      ),
    ).toEqual([]);
    expect(() => paths.forEach((path) => Handlebars.parse(read(path)))).not.toThrow();
  });

  it('come in pairs, HTML and text', () => {
    const names = (ending: string) =>
      paths.filter((path) => path.endsWith(ending)).map((path) => path.slice(0, -ending.length));
    expect(names('.text.hbs')).toEqual(names('.html.hbs'));
  });
});
