import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { LOCALES } from '../../../kernel/locale.js';
import { fileKindOf } from '../../../platform/documents/file-kind.rules.js';
import { Attempts } from '../../../platform/web/attempts.js';
import { download } from '../../../platform/web/downloads.js';
import { reading } from '../../../platform/web/file-problems.js';
import type { FormView } from '../../../platform/web/form.js';
import type { PageOptions } from '../../../platform/web/page-options.js';
import { UPLOAD_MEGABYTES, uploadedFile } from '../../../platform/web/uploads.js';
import type { WebContext } from '../../../platform/web/web-context.js';
import { ENTRY_OUTCOMES } from './entry.rules.js';
import { VisaDesk, type Revealed } from './visa-desk.service.js';
import { VisaFilesOfRequests } from './visa-files.service.js';
import { VisaLetters } from './visa-letters.service.js';
import type { VisaRequest } from './visa-request.entity.js';
import { allows, isOpen } from './visa-request.rules.js';
import { VisaRequests } from './visa-requests.service.js';
import { shownMask, VisaVault } from './visa-vault.service.js';
import {
  concludeForm,
  CONCLUSIONS,
  correctForm,
  decideForm,
  letterForm,
  revealForm,
  sendForm,
  signForm,
} from './visa.schemas.js';
import { deliveriesFor, DETAIL_FIELDS, REGISTRATION_STAY, type DetailField } from './visa.words.js';

const SHOWN_SECONDS = 60;

/** Where a card is shown: its own address, the clock of the stay, the frame around it. */
export interface CardPlace {
  readonly request: VisaRequest;
  readonly here: string;
  readonly zone: string;
  readonly frame: (title: string) => PageOptions;
  /** Where officers write down what came on paper; left out where the person does it themselves. */
  readonly entry?: string;
}

/** One visa request as an officer works on it, in a conference or at a visit: the page, and every form on it. */
@Injectable()
export class VisaCard {
  constructor(
    private readonly attempts: Attempts,
    private readonly desk: VisaDesk,
    private readonly requests: VisaRequests,
    private readonly letters: VisaLetters,
    private readonly files: VisaFilesOfRequests,
    private readonly vault: VisaVault,
  ) {}

  async show(
    web: WebContext,
    place: CardPlace,
    form: FormView,
    shown?: ReadonlyMap<DetailField, string | null>,
  ): Promise<string> {
    const { request, here, zone, entry } = place;
    const [{ stay, name, country }, opened, files, letters] = await Promise.all([
      this.desk.row(request),
      this.vault.open(request.id),
      this.files.kindsOf(request.id),
      this.letters.of(request.id),
    ]);
    const { state, purgedAt } = request;
    const deliveries = deliveriesFor(request.stayKind);
    const model = {
      here,
      request,
      name,
      country,
      number: stay?.number,
      rows: DETAIL_FIELDS.filter((field) => opened.has(field)).map((field) => ({
        field,
        shown: shown?.has(field) ?? false,
        value: shown ? valueOf(web, field, shown.get(field) ?? null) : shownMask(field, opened.get(field)!),
      })),
      revealed: shown !== undefined,
      seconds: SHOWN_SECONDS,
      letters,
      own: request.stayKind === REGISTRATION_STAY,
      entry: allows(state, 'receive') && purgedAt === null ? (entry ?? '') : '',
      has: {
        details: opened.size > 0,
        scan: files.has('scan'),
        signed: files.has('signed'),
        letter: letters.length > 0 && purgedAt === null,
      },
      may: {
        decide: allows(state, 'assess') && purgedAt === null,
        correct: allows(state, 'receive') && purgedAt === null,
        draft: allows(state, 'draft') && purgedAt === null,
        sign: allows(state, 'sign'),
        send: allows(state, 'send') && !request.mismatch,
        conclude: isOpen(state),
      },
      choices: {
        locales: LOCALES,
        deliveries,
        outcomes: ENTRY_OUTCOMES,
        conclusions: CONCLUSIONS.filter((outcome) => outcome === 'withdrawn' || allows(state, 'issue')),
      },
      megabytes: UPLOAD_MEGABYTES,
      zone,
    };
    const values = {
      locale: 'ru',
      addressee: request.consulate ? web.t('visa.letter.addressee', { city: request.consulate }) : '',
      delivery: deliveries[0],
      note: request.note,
      ...form.values,
    };
    return web.page('pages/visa/card', model, {
      ...place.frame(`${stay?.number ?? ''} · ${name}`),
      form: { ...form, values },
    });
  }

  /** A file comes as a download; the details stand on the page for a minute, then it shows them masked again. */
  async reveal(web: WebContext, place: CardPlace, body: unknown): Promise<string | Buffer> {
    let file: Buffer | undefined;
    const page = await web.form(revealForm, body, {
      done: async ({ what, reason }) => {
        const revealed = await this.desk.reveal(place.request, what, reason);
        if ('details' in revealed) return this.showRevealed(web, place, revealed);
        file = download(web.reply, revealed.file);
        return '';
      },
      again: (form) => this.show(web, place, form),
    });
    return file ?? page;
  }

  correct(web: WebContext, place: CardPlace, body: unknown): Promise<string> {
    return this.act(web, place, correctForm, body, 'corrected', ({ cyrillicName, version }, id) =>
      this.requests.correct({ id, version }, cyrillicName),
    );
  }

  draft(web: WebContext, place: CardPlace, body: unknown): Promise<string> {
    return this.act(web, place, letterForm, body, 'drafted', async ({ version, ...input }, id) =>
      this.letters.draft(await this.desk.stayOf(place.request), { id, version }, input),
    );
  }

  sign(web: WebContext, place: CardPlace, body: unknown): Promise<string> {
    const first = () => this.attempts.count('upload', web.viewer.id);
    return this.act(
      web,
      place,
      signForm,
      body,
      'signed',
      async ({ version }, id) => {
        const file = uploadedFile(web.request);
        const format = await reading(() => Promise.resolve(fileKindOf(file.filename, file.bytes)));
        return this.letters.sign({ id, version }, { format, bytes: file.bytes });
      },
      first,
    );
  }

  send(web: WebContext, place: CardPlace, body: unknown): Promise<string> {
    return this.act(web, place, sendForm, body, 'sent', ({ delivery, version }, id) =>
      this.letters.send({ id, version }, delivery),
    );
  }

  conclude(web: WebContext, place: CardPlace, body: unknown): Promise<string> {
    return this.act(web, place, concludeForm, body, 'concluded', ({ outcome, note, version }, id) =>
      this.desk.conclude({ id, version }, outcome, note),
    );
  }

  decide(web: WebContext, place: CardPlace, body: unknown): Promise<string> {
    return this.act(web, place, decideForm, body, 'decided', ({ need, why, version }, id) =>
      this.desk.decide({ id, version }, need, why),
    );
  }

  private act<S extends z.ZodType>(
    web: WebContext,
    place: CardPlace,
    schema: S,
    body: unknown,
    done: string,
    work: (input: z.output<S>, id: string) => Promise<unknown>,
    first?: () => Promise<void>,
  ): Promise<string> {
    return web.form(schema, body, {
      ...(first ? { first } : {}),
      done: async (input) => {
        await work(input, place.request.id);
        return web.redirect(place.here, { key: `visa.done.${done}` });
      },
      again: (form) => this.show(web, place, form),
    });
  }

  private async showRevealed(
    web: WebContext,
    place: CardPlace,
    { details }: Extract<Revealed, { details: unknown }>,
  ): Promise<string> {
    // Works without script: after a minute the browser goes back to the page where all of it is masked.
    void web.reply.header('refresh', `${SHOWN_SECONDS}; url=${place.here}`);
    return this.show(web, place, web.emptyForm(), details);
  }
}

const WORDS: Partial<Record<DetailField, string>> = {
  sex: 'visa.sex',
  passportType: 'visa.passportType',
  payer: 'visa.payerOf',
};

/** A revealed value as people read it. */
function valueOf(web: WebContext, field: DetailField, value: string | null): string | null {
  const group = WORDS[field];
  return value !== null && group ? web.t(`${group}.${value}`) : value;
}
