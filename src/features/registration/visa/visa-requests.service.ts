import { Injectable } from '@nestjs/common';
import { InvalidInput, NotFound, RuleViolation, type FieldProblem } from '../../../kernel/errors.js';
import { localDay } from '../../../kernel/zones.js';
import { Database } from '../../../platform/database/database.js';
import { Journal } from '../../../platform/journal/journal.js';
import { Clock } from '../../../platform/runtime/clock.js';
import { Ids } from '../../../platform/runtime/ids.js';
import { Secrets } from '../../../platform/runtime/secrets.js';
import { OutgoingDocuments } from '../../documents/index.js';
import { Consents, type ConsentChannel } from '../../people/index.js';
import { RegistrationCancelled } from '../registration.events.js';
import { EntryRules } from './entry-rules.service.js';
import { VisaStays, type Stay, type StayName } from './visa-stays.js';
import { subjectOf, VisaFilesOfRequests } from './visa-files.service.js';
import { VISA_FILE_KINDS } from './visa-file.entity.js';
import { VisaRequest } from './visa-request.entity.js';
import { VisaLetter } from './visa-letter.entity.js';
import {
  allows,
  coversDays,
  expiresTooSoon,
  fingerprintText,
  nextState,
  type StayDays,
  type VisaCommand,
} from './visa-request.rules.js';
import { plainText, VisaVault, type DetailValues, type Opened } from './visa-vault.service.js';
import { VisaAssessed, VisaDetailsGiven, VisaLetterOutdated, VisaWithdrawn } from './visa.events.js';
import type { DetailsInput, EntryInput } from './visa.schemas.js';
import { DETAIL_FIELDS, NEEDED_FIELDS, REGISTRATION_STAY, type DetailField } from './visa.words.js';

/** What letters of a request are kept under. */
export const LETTER_OWNER = 'visa_request';

type Read = { id: string; version: number };
type Changes = Partial<Omit<VisaRequest, 'conference' | 'person'>>;
type ActiveStay = Stay & { readonly startsOn: string; readonly endsOn: string };

/** Who agrees, and through whom it reached us. */
export interface GivenConsent {
  readonly given: boolean;
  readonly channel: ConsentChannel;
}

const PLAIN_FIELDS = ['entryOn', 'exitOn', 'entries', 'consulate'] as const;

/** A person's side of a visa request: what they need, what their passport says, and taking all of it back. */
@Injectable()
export class VisaRequests {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly journal: Journal,
    private readonly secrets: Secrets,
    private readonly consents: Consents,
    private readonly rules: EntryRules,
    private readonly stays: VisaStays,
    private readonly vault: VisaVault,
    private readonly files: VisaFilesOfRequests,
    private readonly documents: OutgoingDocuments,
  ) {
    journal.on(RegistrationCancelled, ({ id }) => this.stayIsOff({ kind: REGISTRATION_STAY, id }));
  }

  ofStay({ kind, id }: StayName): Promise<VisaRequest | null> {
    return this.db.one(VisaRequest, { stayKind: kind, stayId: id });
  }

  /**
   * The request that serves the stay: its own, else an open one of the same person for the same occasion, so that nobody gives
   * a passport twice and no two letters are written.
   */
  async serving(stay: Stay): Promise<VisaRequest | null> {
    const own = await this.ofStay(stay);
    if (own && own.state !== 'withdrawn') return own;
    for (const other of await this.stays.alike(stay)) {
      const found = await this.ofStay(other);
      if (found && found.state !== 'withdrawn') return found;
    }
    return own;
  }

  /** The request of an address, of that conference only ([A3]). Throws NotFound. */
  async inConference(conferenceId: string, publicId: string): Promise<VisaRequest> {
    const found = await this.db.one(VisaRequest, { publicId, conferenceId });
    if (!found) throw new NotFound();
    return found;
  }

  /** Throws NotFound. */
  async byId(id: string): Promise<VisaRequest> {
    const found = await this.db.one(VisaRequest, { id });
    if (!found) throw new NotFound();
    return found;
  }

  /** The three questions are answered: the table says whether a visa is needed for the days of the stay. */
  assess(stay: Stay, { citizenship, passportType, entryPoint }: EntryInput): Promise<VisaRequest> {
    checkActive(stay);
    return this.db.transaction(async () => {
      const request = (await this.serving(stay)) ?? (await this.begin(stay));
      checkKept(request);
      const { entryOn, exitOn } = request;
      const decision = await this.rules.decide({
        citizenship,
        passportType,
        entryPoint,
        from: earlier(stay.startsOn, entryOn),
        to: later(stay.endsOn, exitOn),
      });
      const state = nextState(request.state, { kind: 'assess', outcome: decision.outcome });
      await this.vault.write(request.id, { citizenship, passportType });
      const after = await this.change(request, { state, entryPoint, checkedOn: decision.checkedOn });
      await this.journal.record(VisaAssessed({ ...subjectOf(after), state, byHand: false }));
      return after;
    });
  }

  /**
   * What the passport says. Sealed fields left empty stay as they were. Throws InvalidInput for what is missing or cannot be,
   * RuleViolation where nothing is asked, Stale.
   */
  give(stay: Stay, read: Read, input: DetailsInput, consent: GivenConsent): Promise<VisaRequest> {
    checkActive(stay);
    return this.db.transaction(async () => {
      const request = { ...(await this.byId(read.id)), version: read.version };
      checkKept(request);
      const state = nextState(request.state, { kind: 'receive' });
      const before = await this.vault.open(request.id);
      const typed = sealedValues(input);
      const merged = (field: DetailField): string => typed[field] ?? plainText(before, field);
      const plain = {
        entryOn: input.entryOn,
        exitOn: input.exitOn,
        entries: input.entries,
        consulate: input.consulate,
      };
      this.check(merged, plain, before, consent.given);
      const fields = [
        ...DETAIL_FIELDS.filter((field) => typed[field] !== undefined && typed[field] !== plainText(before, field)),
        ...PLAIN_FIELDS.filter((field) => plain[field] !== request[field]),
      ];
      const { channel } = consent;
      await this.consents.record({ personId: request.personId, answers: { visa: true }, channel });
      await this.vault.write(request.id, typed);
      // A draft says nothing yet; what is signed or sent must stay true.
      const told = state === 'signed' || state === 'sent';
      const short = request.mismatch && !coversDays(plain, stay);
      const mismatch = told && (short || (await this.mismatchOf(request.id, merged, plain)));
      const expiresSoon = expiresTooSoon(merged('expiresOn'), plain.exitOn!);
      const after = await this.change(request, { ...plain, state, mismatch, expiresSoon });
      await this.journal.record(VisaDetailsGiven({ ...subjectOf(after), fields, state }));
      if (mismatch && !request.mismatch) await this.journal.record(VisaLetterOutdated(subjectOf(after)));
      return after;
    });
  }

  /** Staff correct how a name is written in Cyrillic; the passport itself is its owner's. */
  correct(read: Read, cyrillicName: string): Promise<VisaRequest> {
    return this.db.transaction(async () => {
      const request = { ...(await this.byId(read.id)), version: read.version };
      if (!allows(request.state, 'receive') || request.purgedAt) throw new RuleViolation('error.visa.state');
      await this.vault.write(request.id, { cyrillicName });
      const after = await this.change(request, {});
      await this.journal.record(
        VisaDetailsGiven({ ...subjectOf(after), fields: ['cyrillicName'], state: after.state }),
      );
      return after;
    });
  }

  async keepScan(stay: Stay, request: VisaRequest, file: { format: string; bytes: Buffer }): Promise<void> {
    checkActive(stay);
    checkKept(request);
    if (!allows(request.state, 'receive')) throw new RuleViolation('error.visa.state');
    await this.files.keep(request, { kind: 'scan', ...file }, () => Promise.resolve());
  }

  dropScan(request: VisaRequest): Promise<void> {
    return this.db.transaction(async () => void (await this.files.drop(request, ['scan'])));
  }

  /** The person takes their consent back, or somebody for them: everything that was given goes at once. */
  forget(read: VisaRequest, channel: ConsentChannel = 'web'): Promise<void> {
    return this.db.transaction(async () => {
      const request = await this.byId(read.id);
      await this.consents.record({ personId: request.personId, answers: { visa: false }, channel });
      await this.wipe(request);
      const state = allows(request.state, 'withdraw') ? 'withdrawn' : request.state;
      const after = await this.change(request, { ...EMPTY, state });
      await this.journal.record(VisaWithdrawn({ ...subjectOf(after), forgotten: true }));
    });
  }

  /** Details and files of a request whose time is over; part of the purge's transaction. Answers how many files went. */
  async purge(request: VisaRequest): Promise<number> {
    const files = await this.wipe(request);
    await this.change(request, { ...EMPTY, purgedAt: this.clock.now() });
    return files;
  }

  /** Whoever does not come needs no visa; what they gave goes with the usual term. */
  async stayIsOff(stay: StayName): Promise<void> {
    const request = await this.ofStay(stay);
    if (!request || !allows(request.state, 'withdraw')) return;
    await this.step(request, { kind: 'withdraw' });
    await this.journal.record(VisaWithdrawn({ ...subjectOf(request), forgotten: false }));
  }

  /**
   * The stay itself is taken out: what was given goes at once. Where a letter was numbered, that fact stays; else nothing is
   * left. Part of the caller's transaction.
   */
  async stayIsGone(stay: StayName): Promise<void> {
    const request = await this.ofStay(stay);
    if (!request) return;
    await this.wipe(request);
    if (await this.db.repository(VisaLetter).existsBy({ requestId: request.id })) {
      const state = allows(request.state, 'withdraw') ? 'withdrawn' : request.state;
      await this.change(request, { ...EMPTY, state, purgedAt: this.clock.now() });
    } else await this.db.repository(VisaRequest).delete({ id: request.id });
    await this.journal.record(VisaWithdrawn({ ...subjectOf(request), forgotten: true }));
  }

  /** The days of the stay were moved: a letter that covered them before and no longer does is out of date. */
  async stayMoved(stay: StayName, before: StayDays, after: StayDays): Promise<void> {
    const request = await this.ofStay(stay);
    if (!request || request.mismatch || !(request.state === 'signed' || request.state === 'sent')) return;
    if (!coversDays(request, before) || coversDays(request, after)) return;
    await this.change(request, { mismatch: true });
    await this.journal.record(VisaLetterOutdated(subjectOf(request)));
  }

  /** A step that leads to another state, with what else changes. Throws RuleViolation, Stale. */
  async step(request: VisaRequest, command: VisaCommand, changes: Changes = {}): Promise<VisaRequest> {
    return this.change(request, { ...changes, state: nextState(request.state, command) });
  }

  /** What a letter says now, hashed with a key of ours for this request alone. */
  async printOf(request: VisaRequest): Promise<string> {
    const opened = await this.vault.open(request.id);
    return this.print(request.id, (field) => plainText(opened, field), request);
  }

  private async wipe(request: VisaRequest): Promise<number> {
    await this.vault.forget(request.id);
    await this.documents.removeSecrets(LETTER_OWNER, request.id);
    return this.files.drop(request, VISA_FILE_KINDS);
  }

  private async change(request: VisaRequest, changes: Changes): Promise<VisaRequest> {
    const all = { ...changes, updatedAt: this.clock.now() };
    const version = await this.db.updateIfUnchanged(VisaRequest, request, all);
    return { ...request, ...all, version };
  }

  private check(
    merged: (field: DetailField) => string,
    plain: Pick<DetailsInput, 'entryOn' | 'exitOn' | 'entries' | 'consulate'>,
    before: Opened,
    consent: boolean,
  ): void {
    const problems: FieldProblem[] = [];
    const refuse = (field: string, code: string): void => void problems.push({ field, code });
    for (const field of NEEDED_FIELDS)
      if (merged(field) === '')
        refuse(field, before.get(field) === 'unreadable' ? 'error.visa.unreadable' : 'error.required');
    for (const field of PLAIN_FIELDS) if (plain[field] === null) refuse(field, 'error.required');
    const today = localDay(this.clock.now(), 'UTC');
    const { entryOn, exitOn } = plain;
    if (entryOn && exitOn && exitOn < entryOn) refuse('exitOn', 'error.visa.exitBeforeEntry');
    if (merged('birthDate') > today) refuse('birthDate', 'error.visa.future');
    if (merged('issuedOn') > today) refuse('issuedOn', 'error.visa.future');
    if (merged('expiresOn') !== '' && exitOn && merged('expiresOn') < exitOn) refuse('expiresOn', 'error.visa.expired');
    if (!consent) refuse('consent', 'error.visa.consent');
    if (problems.length > 0) throw new InvalidInput(problems);
  }

  private async mismatchOf(
    id: string,
    merged: (field: DetailField) => string,
    plain: Pick<DetailsInput, 'entryOn' | 'exitOn'>,
  ): Promise<boolean> {
    const signed = await this.vault.fingerprint(id);
    return signed !== null && signed !== this.print(id, merged, plain);
  }

  private print(
    id: string,
    field: (name: DetailField) => string,
    { entryOn, exitOn }: Pick<DetailsInput, 'entryOn' | 'exitOn'>,
  ): string {
    const facts = {
      surname: field('surname'),
      givenNames: field('givenNames'),
      passportNumber: field('passportNumber'),
      entryOn: entryOn ?? '',
      exitOn: exitOn ?? '',
    };
    return this.secrets.sign('visa-letter', `${id}\n${fingerprintText(facts)}`);
  }

  private async begin(stay: Stay): Promise<VisaRequest> {
    const now = this.clock.now();
    const row = {
      id: this.ids.next(),
      publicId: this.ids.publicId(),
      stayKind: stay.kind,
      stayId: stay.id,
      // Requests of a visit are on the desk of the visit, also where it is linked to a conference.
      conferenceId: stay.kind === REGISTRATION_STAY ? stay.conferenceId : null,
      personId: stay.personId,
      locale: stay.locale,
      state: 'unknown' as const,
      ...EMPTY,
      checkedOn: null,
      delivery: null,
      sentAt: null,
      note: '',
      purgedAt: null,
      createdAt: now,
      updatedAt: now,
      version: 1,
    };
    await this.db.insert(VisaRequest, row);
    return row as unknown as VisaRequest;
  }
}

/** What says nothing any more. */
const EMPTY = {
  mismatch: false,
  expiresSoon: false,
  entryPoint: null,
  entryOn: null,
  exitOn: null,
  entries: null,
  consulate: null,
};

/** Throws RuleViolation where nobody is expected. */
export function checkActive(stay: Stay): asserts stay is ActiveStay {
  if (!stay.active || stay.startsOn === null || stay.endsOn === null) throw new RuleViolation('error.visa.notAccepted');
}

/** After the purge nothing is taken in any more: it would have no end. */
function checkKept({ purgedAt }: VisaRequest): void {
  if (purgedAt !== null) throw new RuleViolation('error.visa.state');
}

/** What was typed into sealed fields. */
function sealedValues(input: DetailsInput): DetailValues {
  const typed = input as Partial<Record<DetailField, string | null>>;
  return Object.fromEntries(DETAIL_FIELDS.flatMap((field) => (typed[field] ? [[field, typed[field]] as const] : [])));
}

function earlier(day: string, other: string | null): string {
  return other !== null && other < day ? other : day;
}

function later(day: string, other: string | null): string {
  return other !== null && other > day ? other : day;
}
