import { describe, expect, it } from '@jest/globals';
import { readDocx } from '../../../../src/platform/documents/docx-package.js';
import { UnreadableFile } from '../../../../src/platform/documents/file-problem.rules.js';
import { docxOf, para, type DocxParts } from '../../../support/docx.js';
import { zipOf } from '../../../support/zip.js';

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const related = (type: string, target: string, mode = ' TargetMode="External"') =>
  `<Relationship Id="x1" Type="${OFFICE}/${type}" Target="${target}"${mode}/>`;

function problemOf(bytes: Buffer): string {
  try {
    readDocx(bytes);
    return 'read';
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    return error.problem.code;
  }
}

const instruction = (...codes: string[]) =>
  `<w:p>${codes.map((code) => `<w:r><w:instrText>${code}</w:instrText></w:r>`).join('')}</w:p>`;

const DOCUMENTS: readonly [title: string, body: string, parts: DocxParts, problem: string][] = [
  [
    'macros by their type',
    para('x'),
    { mainType: 'application/vnd.ms-word.document.macroEnabled.main+xml' },
    'file.problem.macros',
  ],
  ['macros by their part', para('x'), { parts: { 'word/vbaProject.bin': 'x' } }, 'file.problem.macros'],
  [
    'a template of Word',
    para('x'),
    { mainType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml' },
    'file.problem.wordTemplate',
  ],
  [
    'another office file',
    para('x'),
    { mainType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml' },
    'file.problem.notDocx',
  ],
  [
    'a picture from elsewhere',
    para('x'),
    { relations: related('image', 'https://tracker.example/a.png') },
    'file.problem.external',
  ],
  [
    'a template from elsewhere',
    para('x'),
    {
      parts: {
        'word/_rels/settings.xml.rels': `<Relationships>${related('attachedTemplate', 'https://evil.example/t.dotm')}</Relationships>`,
      },
    },
    'file.problem.external',
  ],
  [
    'a picture from elsewhere, written in entities',
    para('x'),
    { relations: related('image', '\\\\host\\share', ' TargetMode="&#69;xternal"') },
    'file.problem.external',
  ],
  [
    'a link that runs something',
    para('x'),
    { relations: related('hyperlink', 'javascript:alert(1)') },
    'file.problem.external',
  ],
  ['a document inside', para('x'), { relations: related('aFChunk', 'chunk.html', '') }, 'file.problem.embedded'],
  ['an object inside', para('x'), { parts: { 'word/embeddings/oleObject1.bin': 'x' } }, 'file.problem.embedded'],
  ['a field that fetches a picture', instruction(' INCLUDEPICTURE "https://x.example"'), {}, 'file.problem.fetches'],
  ['a field that fetches, split into runs', instruction('DDE', 'AUTO c:\\\\x'), {}, 'file.problem.fetches'],
  [
    'a field that fetches, in one element',
    '<w:p><w:fldSimple w:instr=" INCLUDETEXT &quot;c:\\\\x&quot; "/></w:p>',
    {},
    'file.problem.fetches',
  ],
  [
    'a document type in its text',
    para('x'),
    {
      parts: {
        'word/document.xml':
          '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><w:document><w:body><w:p/></w:body></w:document>',
      },
    },
    'file.problem.doctype',
  ],
  [
    'a document type in another part',
    para('x'),
    { parts: { 'word/styles.xml': '<!DOCTYPE x><w:styles/>' } },
    'file.problem.doctype',
  ],
  [
    'text in another encoding',
    para('x'),
    { parts: { 'word/styles.xml': Buffer.from('<w:styles/>', 'utf16le') } },
    'file.problem.notDocx',
  ],
  ['no XML', para('x'), { parts: { 'word/document.xml': '<w:document><w:body>' } }, 'file.problem.notDocx'],
  ['no text', para('x'), { parts: { '_rels/.rels': '<Relationships/>' } }, 'file.problem.notDocx'],
  ['parts that lead out of the archive', para('x'), { parts: { '../../etc/cron.d/x': 'x' } }, 'file.problem.notDocx'],
  ['two parts of one name', para('x'), { parts: { 'WORD/Document.xml': '<w:document/>' } }, 'file.problem.notDocx'],
  [
    'what nests too deep',
    `${'<w:tbl><w:tr><w:tc>'.repeat(100)}${para('x')}${'</w:tc></w:tr></w:tbl>'.repeat(100)}`,
    {},
    'file.problem.deep',
  ],
  [
    'more text than a template has',
    para('x'),
    { parts: { 'word/more.xml': `<x>${' '.repeat(13 * 1024 * 1024)}</x>` } },
    'file.problem.unpacked',
  ],
];

describe('a document that somebody brings [F1] [P17]', () => {
  it.each(DOCUMENTS)('is refused with %s', (_title, body, parts, problem) => {
    expect(problemOf(docxOf(body, parts))).toBe(problem);
  });

  it('is refused when it is no archive of Word at all', () => {
    expect(problemOf(Buffer.alloc(0))).toBe('file.problem.empty');
    expect(problemOf(Buffer.from('<html></html>'))).toBe('file.problem.notDocx');
    expect(problemOf(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]))).toBe('file.problem.oldWord');
    expect(problemOf(zipOf({ 'a.txt': Buffer.from('x') }))).toBe('file.problem.notDocx');
    expect(problemOf(docxOf(para('x')).subarray(0, 400))).toBe('file.problem.notDocx');
  });

  it('is refused when it unpacks into more than it should, whatever it says of itself', () => {
    const bomb = { 'word/media/a.bin': Buffer.alloc(70 * 1024 * 1024) };
    expect(problemOf(zipOf(bomb, { stated: 10 }))).toBe('file.problem.unpacked');
    const many = Object.fromEntries(Array.from({ length: 2_001 }, (_, at) => [`word/${at}.bin`, Buffer.from('x')]));
    expect(problemOf(zipOf(many))).toBe('file.problem.unpacked');
  });

  it('is read with links and fields that fetch nothing', () => {
    const body = para('{{name}}') + instruction(' PAGE ') + '<w:p><w:fldSimple w:instr=" NUMPAGES "/></w:p>';
    const relations =
      related('hyperlink', 'https://www.nlb.by/') + related('hyperlink', 'mailto:a@example.org').replace('x1', 'x2');
    expect(readDocx(docxOf(body, { relations })).paragraphs.map(({ text }) => text)).toEqual(['{{name}}', '', '']);
  });
});
