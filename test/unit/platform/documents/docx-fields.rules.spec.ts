import { describe, expect, it } from '@jest/globals';
import { checkTemplate, type DocxField } from '../../../../src/platform/documents/docx-fields.rules.js';
import { readDocx } from '../../../../src/platform/documents/docx-package.js';
import { docxOf, grid, para } from '../../../support/docx.js';

const FIELDS: readonly DocxField[] = [
  { name: 'title', type: 'text', expected: true },
  { name: 'urgent', type: 'flag' },
  { name: 'photo', type: 'image' },
  { name: 'note', type: 'text' },
  {
    name: 'members',
    type: 'list',
    expected: true,
    fields: [
      { name: 'name', type: 'text', expected: true },
      { name: 'children', type: 'list', fields: [{ name: 'age', type: 'text' }] },
    ],
  },
];

const check = (body: string) => checkTemplate(readDocx(docxOf(body)).paragraphs, FIELDS);
const problems = (body: string) => check(body).problems.map(({ problem, tag }) => `${problem} ${tag}`);

describe('a template', () => {
  it('is good when it asks for what there is', () => {
    const body =
      para('{{title}} {{#urgent}}!{{/urgent}}{{#not urgent}}.{{/not urgent}}') +
      grid(['{{#members}}{{name}}', '{{#children}}{{age}} of {{name}}, {{title}}{{/children}}{{/members}}']);
    expect(check(body)).toEqual({
      problems: [],
      used: [
        { name: 'title', lists: [] },
        { name: 'urgent', lists: [] },
        { name: 'members', lists: [] },
        { name: 'name', lists: ['members'] },
        { name: 'children', lists: ['members'] },
        { name: 'age', lists: ['members', 'children'] },
      ],
      missing: [],
    });
  });

  it('says what it should ask for and does not', () => {
    expect(check(para('hello')).missing).toEqual(['title', 'members']);
    expect(check(para('{{title}}{{#members}}x{{/members}}')).missing).toEqual(['members.name']);
  });

  it.each([
    ['a name that is unknown', para('{{tittle}}'), 'unknown {{tittle}}'],
    ['a name of a list outside of it', para('{{name}}'), 'unknown {{name}}'],
    ['dotted names', para('{{members.name}}'), 'name {{members.name}}'],
    ['names in other letters', para('{{назва}}'), 'name {{назва}}'],
    ['nothing between braces', para('{{ }}'), 'name {{ }}'],
    ['words that would be run elsewhere', para('{{title|upper}}'), 'name {{title|upper}}'],
    ['options that mean nothing', para('{{title [x: 1]}}'), 'name {{title [x: 1]}}'],
    ['braces that open nothing', para('Dear {{title, hello'), 'braces Dear {{title, hello'],
    ['braces that close nothing', para('a }} b'), 'braces a }} b'],
    ['a tag over two paragraphs', para('{{ti') + para('tle}}'), 'braces {{ti'],
    ['a list that never ends', para('{{#members}}'), 'unclosed {{#members}}'],
    ['an end without a beginning', para('{{/members}}'), 'unopened {{/members}}'],
    ['an end of something else', para('{{#members}}{{#urgent}}{{/members}}{{/urgent}}'), 'unopened {{/members}}'],
    [
      'a list that begins in a table and ends below',
      grid(['{{#members}}']) + para('{{/members}}'),
      'apart {{#members}}',
    ],
    ['a list over two tables', grid(['{{#members}}']) + para('') + grid(['{{/members}}']), 'apart {{#members}}'],
    ['a list printed like a field', para('{{members}}'), 'listAsField {{members}}'],
    ['a condition printed like a field', para('{{urgent}}'), 'flagAsField {{urgent}}'],
    [
      'a list in a content control',
      `<w:sdt><w:sdtContent>${para('{{#members}}{{name}}{{/members}}')}</w:sdtContent></w:sdt>`,
      'control {{#members}}',
    ],
  ])('is refused with %s', (_title, body, problem) => {
    expect(problems(body)).toContain(problem);
  });

  it('says all that is wrong at once, and inside which list', () => {
    const { problems: all } = check(para('{{a}} {{#members}}{{b}}{{/members}} }}'));
    expect(all.map(({ problem, tag, inside }) => [problem, tag, inside])).toEqual([
      ['braces', ' }}', []],
      ['unknown', '{{a}}', []],
      ['unknown', '{{b}}', ['members']],
    ]);
  });

  it('names a list that is unknown, and not everything inside of it again', () => {
    expect(problems(para('{{#guests}}{{name}} {{#x}}{{y}}{{/x}}{{/guests}} {{z}}'))).toEqual([
      'unknown {{#guests}}',
      'unknown {{z}}',
    ]);
  });

  it('may say how a list is repeated, with the quotation marks of a word processor', () => {
    expect(problems(para('{{#members [loopOver: “paragraph”]}}{{name}}{{/members}}'))).toEqual([]);
    expect(problems(para('{{#members [__proto__: 1]}}{{/members}}'))).not.toEqual([]);
  });
});
