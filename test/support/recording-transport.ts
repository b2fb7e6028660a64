import { simpleParser, type ParsedMail } from 'mailparser';
import { DeliveryError, type Delivery, type MailTransport } from '../../src/platform/mail/transports.js';

export interface SentMail {
  to: string;
  subject: string;
  text: string;
  html: string;
  /** The calendar file that the mail carries, if any. */
  ics: string | undefined;
  /** The first link in the text whose address contains the part. */
  link(part: string): string;
  parsed: ParsedMail;
  raw: string;
}

/** Takes every mail and keeps it; can be told to fail like a server that is down. */
export class RecordingTransport implements MailTransport {
  readonly deliveries: Delivery[] = [];
  failing: DeliveryError | undefined;

  async deliver(delivery: Delivery): Promise<void> {
    if (this.failing) throw this.failing;
    this.deliveries.push(delivery);
  }

  async close(): Promise<void> {
    // nothing to close
  }

  /** In the order in which they were written: several leave at once, and any of them may arrive first. */
  mails(): Promise<SentMail[]> {
    return Promise.all(
      this.deliveries
        .toSorted((a, b) => (a.id < b.id ? -1 : 1))
        .map(async ({ to, mime }) => {
          const parsed = await simpleParser(mime, { skipTextToHtml: true });
          const text = parsed.text ?? '';
          return {
            to,
            subject: parsed.subject ?? '',
            text,
            html: parsed.html || '',
            ics: parsed.attachments.find((a) => /calendar|ics/.test(a.contentType))?.content.toString('utf8'),
            link: (part: string) => {
              const found = (text.match(/https?:\/\/\S+/g) ?? []).find((url) => url.includes(part));
              if (!found) throw new Error(`no link with ${part} in: ${text}`);
              return found;
            },
            parsed,
            raw: mime.toString('utf8'),
          };
        }),
    );
  }
}
