import { describe, expect, it } from '@jest/globals';
import { Translator } from '../../../../src/platform/i18n/translator.js';
import { MailRenderer } from '../../../../src/platform/mail/mail-renderer.js';
import type { Block, MailMessage } from '../../../../src/platform/mail/message.js';
import { unescapeHtml } from '../../../support/client.js';
import { hostile } from '../../../support/hostile.js';

const renderer = new MailRenderer(new Translator());
const OURS = 'https://skaryna.example/en/my';
const render = (blocks: Block[], subject = 'Welcome') =>
  renderer.render({
    kind: 'k',
    cause: 'c',
    to: { address: 'a@b.example' },
    locale: 'en',
    subject,
    blocks,
  } satisfies MailMessage);

/** Every kind of block with the value in all its places but the addresses, which are ours. */
const everywhere = (value: string): Block[] => [
  { kind: 'heading', text: value },
  { kind: 'text', text: value },
  { kind: 'facts', rows: [{ label: value, value }] },
  { kind: 'table', head: [value], rows: [[value]] },
  { kind: 'list', items: [value] },
  { kind: 'button', label: value, url: OURS },
  { kind: 'links', links: [{ label: value, url: OURS }] },
  { kind: 'code', text: value },
  { kind: 'quote', text: value },
  { kind: 'small', text: value },
];
const tags = (html: string) => [...html.matchAll(/<\/?([a-z][a-z0-9]*|!)/gi)].map(([tag]) => tag);
const plain = tags(render(everywhere('Anna')).html);

describe('the HTML of a mail', () => {
  it.each(hostile('markdown', 'xss', 'template').map(({ id, value }) => [id, value]))(
    'has no tag, no attribute and no link more with %s in every place [X4]',
    (_id, value) => {
      // a quote is split into paragraphs, which are our own tags
      const oneLine = value.replace(/\s+/g, ' ').trim();
      const { html } = render(everywhere(oneLine), oneLine);
      expect(tags(html)).toEqual(plain);
      expect([...html.matchAll(/\s(?:href|src|action)=("[^"]*"|\S*)/g)].map(([, to]) => to)).toEqual([
        `"${OURS}"`,
        `"${OURS}"`,
      ]);
      expect(unescapeHtml(html)).toContain(oneLine);
    },
  );

  it('keeps the lines of somebody’s own words', () => {
    expect(render([{ kind: 'quote', text: 'one\ntwo' }]).html).toMatch(/<p [^>]*>one<\/p><p [^>]*>two<\/p>/);
  });
});

describe('the text of a mail', () => {
  it.each(hostile('markdown', 'xss', 'template').map(({ id, value }) => [id, value]))(
    'says %s as it was typed [X4]',
    (_id, value) => {
      const oneLine = value.replace(/\s+/g, ' ').trim();
      expect(render([{ kind: 'facts', rows: [{ label: 'Name', value: oneLine }] }]).text).toContain(
        `Name: ${oneLine}\n`,
      );
    },
  );

  it('starts no field of ours with a value of several lines [X4]', () => {
    const { text } = render([
      { kind: 'facts', rows: [{ label: 'Name', value: 'Anna\nFee: paid' }] },
      { kind: 'list', items: ['a\n- b'] },
    ]);
    expect(text).toContain('Name: Anna Fee: paid\n');
    expect(text).toContain('- a - b\n');
  });

  it('says the same as the HTML', () => {
    const { html, text } = render([
      { kind: 'heading', text: 'Welcome, Anna' },
      { kind: 'button', label: 'Open', url: OURS },
    ]);
    for (const part of ['Welcome, Anna', 'Open', OURS]) {
      expect(text).toContain(part);
      expect(html).toContain(part);
    }
  });
});

describe('a table in a mail', () => {
  const table: Block = {
    kind: 'table',
    head: ['Session', 'Before', 'Now'],
    rows: [
      ['Changed\nRound table', '10:00\nGreat Hall', '11:30\nRoom 205'],
      ['New\nClosing', '', '17:00'],
    ],
  };

  it('is one for the eyes, with headings, and lines of what was and is for those who read text', () => {
    const { html, text } = render([table]);
    expect(text.split('\n-- ')[0]!.trim()).toBe(
      [
        'Session: Changed, Round table',
        'Before: 10:00, Great Hall',
        'Now: 11:30, Room 205',
        '',
        'Session: New, Closing',
        'Now: 17:00',
      ].join('\n'),
    );
    expect([html.match(/<th scope="col"/g)?.length, html.match(/<td dir="auto"/g)?.length]).toEqual([3, 6]);
    expect(html).toContain('>—</td>');
  });
});
