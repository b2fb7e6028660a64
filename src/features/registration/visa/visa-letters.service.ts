import { Injectable } from '@nestjs/common';
import { InvalidInput, NotFound, RuleViolation } from '../../../kernel/errors.js';
import { localDay } from '../../../kernel/zones.js';
import { Database } from '../../../platform/database/database.js';
import { endingOf, mediaTypeOf, type FileKind } from '../../../platform/documents/file-kind.rules.js';
import { Journal } from '../../../platform/journal/journal.js';
import { Translator } from '../../../platform/i18n/translator.js';
import { Clock } from '../../../platform/runtime/clock.js';
import type { Download } from '../../../platform/web/downloads.js';
import { OutgoingDocuments, VISA_LETTER } from '../../documents/index.js';
import { Ids } from '../../../platform/runtime/ids.js';
import { subjectOf, VisaFilesOfRequests } from './visa-files.service.js';
import { VisaLetter } from './visa-letter.entity.js';
import type { VisaRequest } from './visa-request.entity.js';
import { checkActive, LETTER_OWNER, VisaRequests } from './visa-requests.service.js';
import { visaLetterData } from './visa-letter-data.js';
import { VisaSettingsOfConferences } from './visa-settings.service.js';
import type { Stay } from './visa-stays.js';
import { VisaVault } from './visa-vault.service.js';
import { VisaLetterDrafted, VisaLetterFetched, VisaLetterSent, VisaLetterSigned } from './visa.events.js';
import type { LetterInput } from './visa.schemas.js';
import { deliveriesFor, type Delivery } from './visa.words.js';

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const HOUSE_ZONE = 'Europe/Minsk';

/** The life of a letter: written, signed on paper, sent, fetched. Only one counts at a time: the last. */
@Injectable()
export class VisaLetters {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly journal: Journal,
    private readonly requests: VisaRequests,
    private readonly vault: VisaVault,
    private readonly files: VisaFilesOfRequests,
    private readonly settings: VisaSettingsOfConferences,
    private readonly translator: Translator,
    private readonly documents: OutgoingDocuments,
  ) {}

  /** All letters of a request, the newest first. */
  async of(requestId: string): Promise<VisaLetter[]> {
    const rows = await this.db.all(VisaLetter, { requestId });
    return rows.sort((a, b) => b.draftedAt.getTime() - a.draftedAt.getTime() || (a.id < b.id ? 1 : -1));
  }

  async lastOf(requestId: string): Promise<VisaLetter | null> {
    return (await this.of(requestId))[0] ?? null;
  }

  /**
   * Writes the letter of what is known now: numbered, dated, sealed. A former one no longer counts, nor does its signature.
   * Throws Stale, RuleViolation where nobody is expected or a sealed value cannot be read.
   */
  draft(
    stay: Stay,
    read: { id: string; version: number },
    { locale, addressee, salutation }: LetterInput,
  ): Promise<VisaRequest> {
    checkActive(stay);
    return this.db.transaction(async () => {
      const request = { ...(await this.requests.byId(read.id)), version: read.version };
      const after = await this.requests.step(request, { kind: 'draft' }, { mismatch: false });
      const opened = await this.vault.open(request.id);
      if ([...opened.values()].includes('unreadable')) throw new RuleViolation('error.visa.unreadable');
      const host = await this.settings.of(request.conferenceId);
      const data = visaLetterData(this.translator, locale, { stay, request, opened, host });
      const { document } = await this.documents.issue({
        kind: VISA_LETTER.kind,
        locale,
        title: `${this.translator.t(locale, 'visa.letterTitle')} ${stay.number}`,
        data: { ...data, addressee, salutation: salutation ?? '' },
        owner: { kind: LETTER_OWNER, id: request.id },
        secret: true,
      });
      const now = this.clock.now();
      const number = document.reference ?? stay.number;
      await this.db.insert(VisaLetter, {
        id: this.ids.next(),
        requestId: request.id,
        documentId: document.id,
        number,
        datedOn: localDay(now, HOUSE_ZONE),
        draftedAt: now,
        signedAt: null,
        sentAt: null,
        delivery: null,
      });
      await this.files.drop(request, ['signed']);
      await this.journal.record(VisaLetterDrafted({ ...subjectOf(after), number }));
      return after;
    });
  }

  /** The letter as written, for the officer. Throws NotFound. */
  async written(requestId: string): Promise<Download> {
    const letter = await this.lastOf(requestId);
    if (!letter) throw new NotFound();
    return {
      filename: `${fileNameOf(letter)}.docx`,
      type: DOCX,
      bytes: await this.documents.content(letter.documentId),
    };
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

  /**
   * The person is told by mail (VisaMails); the file is never in it. Throws RuleViolation for a letter that no longer matches,
   * InvalidInput for a way that this person does not have.
   */
  send(read: { id: string; version: number }, delivery: Delivery): Promise<VisaRequest> {
    return this.db.transaction(async () => {
      const request = { ...(await this.requests.byId(read.id)), version: read.version };
      if (!deliveriesFor(request.stayKind).includes(delivery)) throw InvalidInput.at('delivery', 'error.visa.delivery');
      const letter = await this.current(request.id);
      const now = this.clock.now();
      const after = await this.requests.step(
        request,
        { kind: 'send', mismatch: request.mismatch },
        { sentAt: now, delivery },
      );
      await this.db.compareAndSet(VisaLetter, { id: letter.id }, { sentAt: now, delivery });
      const document = (await this.documents.ofOwner(LETTER_OWNER, request.id)).find(
        ({ id }) => id === letter.documentId,
      );
      if (document) await this.documents.sent(document);
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
    return { filename: `${fileNameOf(letter)}.${endingOf(kind)}`, type: mediaTypeOf(kind), bytes };
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

function fileNameOf({ number }: VisaLetter): string {
  return `visa-letter-${number.replace(/[^\w-]/g, '-')}`;
}
