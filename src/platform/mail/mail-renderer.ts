import { Injectable } from '@nestjs/common';
import Handlebars from 'handlebars';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Translator } from '../i18n/translator.js';
import { paragraphsOf } from './merge-letters.rules.js';
import type { MailMessage } from './message.js';

const template = (name: string) =>
  readFileSync(fileURLToPath(new URL(`../../../templates/mails/${name}`, import.meta.url)), 'utf8');

const PARAGRAPH = /\n+/;

function linesOf(value: string): string[] {
  return value.split(PARAGRAPH).filter((line) => line.trim() !== '');
}

/** Makes the two bodies of a mail from its blocks, with one template each. */
@Injectable()
export class MailRenderer {
  private readonly html: Handlebars.TemplateDelegate;
  private readonly text: Handlebars.TemplateDelegate;

  constructor(private readonly translator: Translator) {
    const engine = Handlebars.create();
    engine.registerHelper('is', (a: unknown, b: unknown) => a === b);
    engine.registerHelper('line', (value: string) => value.replace(/\s+/g, ' ').trim());
    engine.registerHelper('lines', linesOf);
    engine.registerHelper('inOneLine', (value: string) => linesOf(value).join(', '));
    engine.registerHelper('at', (list: readonly string[], index: number) => list[index]);
    engine.registerHelper('paragraphs', (value: string) => paragraphsOf(value).map((text) => text.split(/\n/)));
    this.html = engine.compile(template('message.html.hbs'), { strict: true, preventIndent: true });
    this.text = engine.compile(template('message.text.hbs'), { strict: true, preventIndent: true, noEscape: true });
  }

  /**
   * HTML and plain text of a message; the subject is a value already and passes through. `unsubscribe`: a link at the end of
   * what nobody needs.
   */
  render(message: MailMessage, unsubscribe: string | null = null): { html: string; text: string } {
    const model = {
      locale: message.locale,
      subject: message.subject,
      blocks: message.blocks,
      footer: this.translator.t(message.locale, 'mail.footer'),
      unsubscribe,
      unsubscribeLabel: this.translator.t(message.locale, 'mail.unsubscribe'),
    };
    return {
      html: this.html(model),
      text:
        this.text(model)
          .replace(/\n{3,}/g, '\n\n')
          .trim() + '\n',
    };
  }
}
