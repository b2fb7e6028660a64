import { describe, expect, it } from '@jest/globals';
import { CALENDAR_LIMITS, calendarsIn } from '../../../../src/platform/inbound/calendar-parts.js';
import type { MailPart } from '../../../../src/platform/inbound/mime-tree.js';

const TEXT = 'BEGIN:VCALENDAR\r\nSUMMARY:Сход\r\nEND:VCALENDAR\r\n';

const part = (type: string, content: string | Buffer, extra: Partial<MailPart> = {}): MailPart => ({
  type,
  parameters: {},
  filename: null,
  fields: [],
  content: Buffer.from(content as string),
  parts: [],
  ...extra,
});
const mail = (...parts: MailPart[]) => part('multipart/mixed', '', { parts });
const textsIn = (...parts: MailPart[]) => calendarsIn(mail(...parts)).texts;

describe('the calendars of a mail', () => {
  it('are of the types for calendars, or files called .ics, also in an octet-stream [CQ3]', () => {
    const types = ['text/calendar', 'application/ics', 'application/calendar', 'text/x-vcalendar'];
    for (const type of types) expect([type, textsIn(part(type, TEXT))]).toEqual([type, [TEXT]]);
    for (const filename of ['invite.ics', 'Адказ.ICS'])
      expect(textsIn(part('application/octet-stream', TEXT, { filename }))).toEqual([TEXT]);
    expect(textsIn(part('text/plain', TEXT, { filename: 'reply.ics' }))).toEqual([TEXT]);
    expect(textsIn(part('text/plain', TEXT), part('application/octet-stream', TEXT))).toEqual([]);
    expect(textsIn(part('application/zip', TEXT, { filename: 'reply.ics.zip' }))).toEqual([]);
  });

  it('are found however deep they lie, in their order', () => {
    const [first, second] = [TEXT, TEXT.replace('Сход', 'Ад’езд')];
    expect(textsIn(mail(mail(part('text/calendar', first))), part('text/calendar', second))).toEqual([first, second]);
  });

  it('count once where two parts say the same, whatever their line ends and marks [CQ3]', () => {
    const variants = [
      TEXT,
      TEXT.replaceAll('\r\n', '\n'),
      TEXT.replaceAll('\r\n', '\r'),
      `\uFEFF${TEXT}`,
      `${TEXT}\r\n\r\n`,
    ];
    expect(textsIn(...variants.map((text) => part('application/ics', text)))).toEqual([TEXT]);
  });

  it('are read in their charset, without a byte order mark [CQ1]', () => {
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(TEXT, 'utf16le')]);
    expect(textsIn(part('text/calendar', utf16, { parameters: { charset: 'UTF-16LE' } }))).toEqual([TEXT]);
    const cyrillic = Buffer.from(TEXT.replace('Сход', '\u00d1\u00f5\u00ee\u00e4'), 'latin1');
    expect(textsIn(part('text/calendar', cyrillic, { parameters: { charset: 'windows-1251' } }))).toEqual([TEXT]);
  });

  it('are left out, and counted, beyond the limits; an empty one is none [CQ1]', () => {
    const { characters, line } = CALENDAR_LIMITS;
    const filled = (length: number) => `${'A:b\r\n'.repeat(Math.ceil(length / 5)).slice(0, length - 2)}\r\n`;
    const long = (length: number) => `A:${'x'.repeat(length - 2)}\r\n`;
    const folded = (length: number) => `A:${'x'.repeat(length - 2).replace(/.{70}/g, '$&\r\n ')}\r\n`;
    const found = (text: string) => {
      const { texts, tooLarge } = calendarsIn(part('text/calendar', text));
      return [texts.length, tooLarge];
    };
    expect([found(filled(characters)), found(filled(characters + 10))]).toEqual([
      [1, 0],
      [0, 1],
    ]);
    expect([found(long(line)), found(long(line + 1))]).toEqual([
      [1, 0],
      [0, 1],
    ]);
    expect([found(folded(line)), found(folded(line + 1))]).toEqual([
      [1, 0],
      [0, 1],
    ]);
    expect([found(''), found('\r\n \r\n')]).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });
});
