import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { Journal } from '../journal/journal.js';
import { MailFailed } from '../mail/mail-worker.js';
import { OutgoingMail } from '../mail/outgoing-mail.entity.js';
import { ReturnPaths } from '../mail/return-paths.js';
import { Suppressions } from '../mail/suppressions.js';
import { reportIn, severityOf, type AbuseReport, type DeliveryReport } from './delivery-report.js';
import { InboundReaders, type Reading } from './inbound-readers.js';
import type { ReceivedMail } from './received-mail.js';

/**
 * Bounces and complaints. They name the mail that came back by its return path, by the envelope id or by its Message-ID,
 * none of which can be guessed; one that names none of our mails changes nothing ([CD1], [CD6]).
 */
@Injectable()
export class ReturnedMails {
  constructor(
    private readonly db: Database,
    private readonly journal: Journal,
    private readonly returnPaths: ReturnPaths,
    private readonly suppressions: Suppressions,
    readers: InboundReaders,
  ) {
    readers.add((mail) => this.read(mail));
  }

  private async read(received: ReceivedMail): Promise<Reading | null> {
    const report = reportIn(received.root);
    const byPath = received.envelopeTo.map((address) => this.returnPaths.mailOf(address)).find((id) => id !== null);
    if (!report) return byPath ? this.wordless(byPath) : null;
    const mail = await this.mailOf(report, byPath ?? null);
    if (!mail) return { kind: report.kind, open: false, remark: 'inbound.remark.unknownMail' };
    const of = ofMail(mail);
    if (report.kind === 'complaint') {
      await this.suppressions.complained(mail.recipient, { mailId: mail.id, personId: mail.personId });
      return { kind: 'complaint', open: false, ...of };
    }
    const remark = await this.bounced(mail, report);
    return { kind: 'bounce', open: false, ...(remark ? { remark } : {}), ...of };
  }

  /** One mail has one recipient: whatever failed is about them. Answers a remark for the list. */
  private async bounced(mail: OutgoingMail, { failures }: DeliveryReport): Promise<string | null> {
    const [worst] = failures
      .map((failure) => ({ ...failure, severity: severityOf(failure) }))
      .sort((a, b) => RANKS.indexOf(a.severity) - RANKS.indexOf(b.severity));
    if (!worst || worst.severity === null) return null;
    const { status, severity, action } = worst;
    if (action === 'delayed') return 'inbound.remark.delayed';
    const problem = `returned ${status}`;
    const marked = await this.db.compareAndSet(
      OutgoingMail,
      { id: mail.id, state: 'sent' },
      { state: 'failed', problem },
    );
    // The same report again, or a second one about the same mail, is no second strike.
    if (!marked) return 'inbound.remark.knownFailure';
    if (severity !== 'soft') {
      const cause = { mailId: mail.id, personId: mail.personId, status };
      await this.suppressions.failed(mail.recipient, severity === 'dead', cause);
    }
    const { id, conferenceId, personId } = mail;
    await this.journal.record(
      MailFailed({ id, problem, ...(conferenceId ? { conferenceId } : {}), ...(personId ? { personId } : {}) }),
    );
    return severity === 'soft' ? 'inbound.remark.softFailure' : null;
  }

  /** Something came to a return path without a report that can be read: an old server's own words. */
  private async wordless(mailId: string): Promise<Reading> {
    const mail = await this.db.repository(OutgoingMail).findOneBy({ id: mailId });
    return { kind: 'bounce', open: mail !== null, remark: 'inbound.remark.wordless', ...(mail ? ofMail(mail) : {}) };
  }

  private async mailOf(report: DeliveryReport | AbuseReport, byPath: string | null): Promise<OutgoingMail | null> {
    const mails = this.db.repository(OutgoingMail);
    const byEnvelope = report.kind === 'bounce' ? this.returnPaths.mailOfEnvelopeId(report.envelopeId) : null;
    const id = byPath ?? byEnvelope;
    if (id !== null) return mails.findOneBy({ id });
    return report.messageId === null ? null : mails.findOneBy({ messageId: report.messageId });
  }
}

const RANKS: readonly (string | null)[] = ['dead', 'hard', 'soft', null];

function ofMail({ conferenceId, personId, about }: OutgoingMail): Pick<Reading, 'conferenceId' | 'personId' | 'about'> {
  return {
    ...(conferenceId ? { conferenceId } : {}),
    ...(personId ? { personId } : {}),
    ...(about ? { about } : {}),
  };
}
