import { Injectable } from '@nestjs/common';
import { NotFound, RuleViolation } from '../../../kernel/errors.js';
import { Database } from '../../../platform/database/database.js';
import { endingOf, mediaTypeOf, type FileKind } from '../../../platform/documents/file-kind.rules.js';
import { Journal } from '../../../platform/journal/journal.js';
import { Clock } from '../../../platform/runtime/clock.js';
import type { Download } from '../../../platform/web/downloads.js';
import { subjectOf, VisaFilesOfRequests } from './visa-files.service.js';
import { VisaLetter } from './visa-letter.entity.js';
import type { VisaRequest } from './visa-request.entity.js';
import { VisaRequests } from './visa-requests.service.js';
import { VisaVault } from './visa-vault.service.js';
import { VisaLetterFetched, VisaLetterSent, VisaLetterSigned } from './visa.events.js';
import type { Delivery } from './visa.words.js';

/** The life of a letter: written, signed on paper, sent, fetched. Only one counts at a time: the last. */
@Injectable()
export class VisaLetters {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly journal: Journal,
    private readonly requests: VisaRequests,
    private readonly vault: VisaVault,
    private readonly files: VisaFilesOfRequests,
  ) {}

  /** All letters of a request, the newest first. */
  async of(requestId: string): Promise<VisaLetter[]> {
    const rows = await this.db.all(VisaLetter, { requestId });
    return rows.sort((a, b) => b.draftedAt.getTime() - a.draftedAt.getTime() || (a.id < b.id ? 1 : -1));
  }

  async lastOf(requestId: string): Promise<VisaLetter | null> {
    return (await this.of(requestId))[0] ?? null;
  }

  /** The paper is signed and stamped, and this is its scan. From now on the letter is compared with the data. Throws Stale. */
  sign(read: { id: string; version: number }, file: { format: FileKind; bytes: Buffer }): Promise<VisaRequest> {
    return this.withCurrent(read, (request) =>
      this.files.keep(request, { kind: 'signed', ...file }, async () => {
        const letter = await this.current(request.id);
        await this.vault.keepFingerprint(request.id, await this.requests.printOf(request));
        const after = await this.requests.step(request, { kind: 'sign' }, { mismatch: false });
        await this.db.compareAndSet(VisaLetter, { id: letter.id }, { signedAt: this.clock.now() });
        await this.journal.record(VisaLetterSigned({ ...subjectOf(after), number: letter.number }));
        return after;
      }),
    );
  }

  /** The person is told by mail (VisaMails); the file is never in it. Throws RuleViolation for a letter that no longer matches. */
  send(read: { id: string; version: number }, delivery: Delivery): Promise<VisaRequest> {
    return this.db.transaction(async () => {
      const request = { ...(await this.requests.byId(read.id)), version: read.version };
      const letter = await this.current(request.id);
      const now = this.clock.now();
      const after = await this.requests.step(
        request,
        { kind: 'send', mismatch: request.mismatch },
        { sentAt: now, delivery },
      );
      await this.db.compareAndSet(VisaLetter, { id: letter.id }, { sentAt: now, delivery });
      await this.journal.record(VisaLetterSent({ ...subjectOf(after), number: letter.number, delivery }));
      return after;
    });
  }

  /** For its owner, once it was sent. Throws NotFound before that, and after the purge. */
  async fetch(request: VisaRequest): Promise<Download> {
    const letter = await this.lastOf(request.id);
    if (!letter?.sentAt) throw new NotFound();
    const { format, bytes } = await this.files.read(request.id, 'signed');
    await this.journal.record(VisaLetterFetched({ ...subjectOf(request), number: letter.number }));
    const kind = format as FileKind;
    return {
      filename: `visa-letter-${letter.number.replace(/[^\w-]/g, '-')}.${endingOf(kind)}`,
      type: mediaTypeOf(kind),
      bytes,
    };
  }

  /** The state is asked first, so that a file which nobody needs is not even encrypted. */
  private async withCurrent<T>(
    read: { id: string; version: number },
    work: (request: VisaRequest) => Promise<T>,
  ): Promise<T> {
    const request = await this.requests.byId(read.id);
    if (request.state !== 'letter_drafted') throw new RuleViolation('error.visa.state');
    return work({ ...request, version: read.version });
  }

  private async current(requestId: string): Promise<VisaLetter> {
    const letter = await this.lastOf(requestId);
    if (!letter) throw new RuleViolation('error.visa.state');
    return letter;
  }
}
