import { Inject, Injectable } from '@nestjs/common';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { NotFound } from '../../../kernel/errors.js';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';

export interface MailLine {
  id: string;
  at: Date;
  to: string;
  subject: string;
}

export interface MailView extends MailLine {
  from: string;
  text: string;
  html: string;
  attachments: { index: number; name: string; type: string; bytes: number }[];
}

const ID = /^[0-9a-f-]{36}$/;
const SHOWN = 200;

/** Reads what the file transport wrote. Exists in development only, and loads its parsers when somebody looks. */
@Injectable()
export class DevMailbox {
  private readonly folder: string | undefined;

  constructor(@Inject(CONFIG) config: Config) {
    this.folder = config.mailUrl.startsWith('file:') ? config.mailUrl.slice('file:'.length) : undefined;
  }

  /** The newest mails first. */
  async list(): Promise<MailLine[]> {
    const ids = (await this.files()).slice(0, SHOWN);
    const parsed = await Promise.all(ids.map((id) => this.parse(id)));
    return parsed.map(({ id, mail, at }) => ({ id, at, to: addressOf(mail.to), subject: mail.subject ?? '' }));
  }

  async one(id: string): Promise<MailView> {
    const { mail, at } = await this.parse(id);
    return {
      id,
      at,
      from: mail.from?.text ?? '',
      to: addressOf(mail.to),
      subject: mail.subject ?? '',
      text: mail.text ?? '',
      html: await sanitised(mail.html || ''),
      attachments: mail.attachments.map((a, index) => ({ index, name: a.filename ?? a.contentType, type: a.contentType, bytes: a.size })),
    };
  }

  async raw(id: string): Promise<Buffer> {
    if (!this.folder || !ID.test(id)) throw new NotFound();
    return readFile(join(this.folder, `${id}.eml`)).catch(() => {
      throw new NotFound();
    });
  }

  async attachment(id: string, index: number): Promise<{ name: string; content: Buffer }> {
    const { mail } = await this.parse(id);
    const found = mail.attachments[index];
    if (!found) throw new NotFound();
    return { name: found.filename ?? 'attachment', content: found.content };
  }

  private async files(): Promise<string[]> {
    if (!this.folder) return [];
    const names = await readdir(this.folder).catch(() => []);
    // Row ids grow with time, so the newest come last by name.
    return names.filter((name) => name.endsWith('.eml')).map((name) => name.slice(0, -'.eml'.length)).sort().reverse();
  }

  private async parse(id: string) {
    const raw = await this.raw(id);
    const at = (await stat(join(this.folder!, `${id}.eml`))).mtime;
    const { simpleParser } = await import('mailparser');
    return { id, at, mail: await simpleParser(raw, { skipTextToHtml: true }) };
  }
}

function addressOf(to: { text: string } | { text: string }[] | undefined): string {
  return [to ?? []].flat().map((one) => one.text).join(', ');
}

/** Structure and words only: the page's own style sheet dresses it, so that the content policy holds (ruling 12). */
async function sanitised(html: string): Promise<string> {
  const { default: sanitizeHtml } = await import('sanitize-html');
  return sanitizeHtml(html, {
    allowedTags: ['h1', 'h2', 'p', 'div', 'ul', 'ol', 'li', 'table', 'tbody', 'tr', 'td', 'th', 'strong', 'em', 'a', 'br', 'hr', 'pre'],
    allowedAttributes: { a: ['href'], '*': ['dir', 'lang'] },
    allowedSchemes: ['http', 'https', 'mailto', 'webcal'],
  });
}
