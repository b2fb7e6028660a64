import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import { LOCALES } from '../../../kernel/locale.js';
import { fileKindOf } from '../../../platform/documents/file-kind.rules.js';
import { Attempts } from '../../../platform/web/attempts.js';
import { download } from '../../../platform/web/downloads.js';
import { reading } from '../../../platform/web/file-problems.js';
import type { FormView } from '../../../platform/web/form.js';
import { SignedIn } from '../../../platform/web/policy.js';
import { Upload, UPLOAD_MEGABYTES, uploadedFile } from '../../../platform/web/uploads.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import { People, type Person } from '../../people/index.js';
import { MyFrame } from '../my-frame.js';
import type { Registration } from '../registration.entity.js';
import { Registrations } from '../registrations.service.js';
import { ENTRY_POINTS, PASSPORT_TYPES } from './entry.rules.js';
import type { MrzData } from './mrz.rules.js';
import { VisaDetailsForm } from './visa-details-form.js';
import { VisaLetters } from './visa-letters.service.js';
import type { VisaRequest } from './visa-request.entity.js';
import { allows } from './visa-request.rules.js';
import { VisaRequests } from './visa-requests.service.js';
import { VisaStays, type Stay } from './visa-stays.js';
import { detailsForm, entryForm, mrzForm, scanForm, sureForm, nothingForm } from './visa.schemas.js';
import { REGISTRATION_STAY } from './visa.words.js';

interface Own {
  registration: Registration;
  stay: Stay;
  request: VisaRequest | null;
}

type Part = 'overview' | 'entry' | 'details';

/** A person's own visa support: three questions, then what the passport says; what is saved is never shown again in full. */
@Controller([...LOCALES].map((locale) => `${locale}/my/:reg/visa`))
export class MyVisaPages {
  constructor(
    private readonly frame: MyFrame,
    private readonly attempts: Attempts,
    private readonly people: People,
    private readonly registrations: Registrations,
    private readonly stays: VisaStays,
    private readonly requests: VisaRequests,
    private readonly letters: VisaLetters,
    private readonly details: VisaDetailsForm,
  ) {}

  @Get()
  @SignedIn('person')
  async page(@Web() web: WebContext, @Param('reg') reg: string, @Query('part') part: unknown): Promise<string> {
    const own = await this.own(web, reg);
    return this.show(web, own, web.emptyForm(), partOf(own, part));
  }

  @Post('entry')
  @SignedIn('person')
  async assess(@Web() web: WebContext, @Param('reg') reg: string, @Body() body: unknown): Promise<string> {
    const own = await this.own(web, reg);
    return web.form(entryForm, body, {
      done: async (input) => {
        const { state } = await this.requests.assess(own.stay, input);
        return this.back(web, reg, `visa.assessed.${state}`);
      },
      again: (form) => this.show(web, own, form, 'entry'),
    });
  }

  /** Fills the form from the two bottom lines; nothing is saved by it. */
  @Post('mrz')
  @HttpCode(200)
  @SignedIn('person')
  async fillIn(@Web() web: WebContext, @Param('reg') reg: string, @Body() body: unknown): Promise<string> {
    const own = await this.own(web, reg);
    return web.form(mrzForm, body, {
      done: ({ mrz, ...typed }) => {
        const { read, values } = this.details.fillIn(mrz, own.stay);
        return this.show(
          web,
          own,
          web.emptyForm({ ...(typed as Record<string, unknown>), ...values }),
          'details',
          read,
        );
      },
      again: (form) => this.show(web, own, form, 'details'),
    });
  }

  @Post()
  @SignedIn('person')
  async save(@Web() web: WebContext, @Param('reg') reg: string, @Body() body: unknown): Promise<string> {
    const own = await this.own(web, reg);
    return web.form(detailsForm, body, {
      done: async ({ consent, version, ...input }) => {
        const { id } = this.started(own);
        const given = { given: consent, channel: 'web' as const };
        const { mismatch, expiresSoon } = await this.requests.give(own.stay, { id, version }, input, given);
        return this.back(
          web,
          reg,
          mismatch ? 'visa.saved.mismatch' : expiresSoon ? 'visa.saved.expiresSoon' : 'visa.saved.done',
        );
      },
      again: (form) => this.show(web, own, form, 'details'),
    });
  }

  @Post('scan')
  @Upload()
  @SignedIn('person')
  async keepScan(@Web() web: WebContext, @Param('reg') reg: string, @Body() body: unknown): Promise<string> {
    const own = await this.own(web, reg);
    return web.form(scanForm, body, {
      first: () => this.attempts.count('upload', web.viewer.id),
      done: async () => {
        const file = uploadedFile(web.request);
        const format = await reading(() => Promise.resolve(fileKindOf(file.filename, file.bytes)));
        await this.requests.keepScan(own.stay, this.started(own), { format, bytes: file.bytes });
        return this.back(web, reg, 'visa.scan.saved');
      },
      again: (form) => this.show(web, own, form, 'overview'),
    });
  }

  @Post('scan/removal')
  @SignedIn('person')
  async dropScan(@Web() web: WebContext, @Param('reg') reg: string, @Body() body: unknown): Promise<string> {
    const own = await this.own(web, reg);
    return web.form(nothingForm, body, {
      done: async () => {
        await this.requests.dropScan(this.started(own));
        return this.back(web, reg, 'visa.scan.removed');
      },
      again: (form) => this.show(web, own, form, 'overview'),
    });
  }

  @Post('withdrawal')
  @SignedIn('person')
  async forget(@Web() web: WebContext, @Param('reg') reg: string, @Body() body: unknown): Promise<string> {
    const own = await this.own(web, reg);
    return web.form(sureForm, body, {
      done: async () => {
        await this.requests.forget(this.started(own));
        return this.back(web, reg, 'visa.forgotten');
      },
      again: (form) => this.show(web, own, form, 'overview'),
    });
  }

  /** The signed letter: only for its owner, signed in, and only once it was sent ([V3]). */
  @Get('letter')
  @SignedIn('person')
  async letter(@Web() web: WebContext, @Param('reg') reg: string): Promise<Buffer> {
    return download(web.reply, await this.letters.fetch(this.started(await this.own(web, reg))));
  }

  private async own(web: WebContext, reg: string): Promise<Own> {
    const registration = await this.registrations.ofPerson(web.viewer.id, reg);
    const stay = (await this.stays.one({ stayKind: REGISTRATION_STAY, stayId: registration.id }))!;
    return { registration, stay, request: await this.requests.serving(stay) };
  }

  private started({ request }: Own): VisaRequest {
    if (!request) throw new NotFound();
    return request;
  }

  private back(web: WebContext, reg: string, key: string): string {
    return web.redirect(`/${web.locale}/my/${reg}/visa`, { key });
  }

  private async show(
    web: WebContext,
    { registration, stay, request }: Own,
    form: FormView,
    part: Part,
    read?: MrzData,
  ): Promise<string> {
    const { model, page } = await this.frame.of(web, registration, 'registration.task.visa');
    const person = (await this.people.byId(registration.personId))!;
    const values = {
      ...(part === 'entry' ? this.entryValues(person) : this.details.values(stay, request, person)),
      ...form.values,
    };
    const details = await this.details.model(web, { stay, request, person, ...(read ? { read } : {}) });
    return web.page(
      'pages/visa/mine',
      {
        ...model,
        here: `${String(model['home'])}/visa`,
        part,
        active: stay.active,
        ...details,
        choices: { ...details.choices, passportTypes: PASSPORT_TYPES, entryPoints: ENTRY_POINTS },
        megabytes: UPLOAD_MEGABYTES,
      },
      { ...page, form: { ...form, values } },
    );
  }

  private entryValues({ country }: Person): Record<string, unknown> {
    return { citizenship: country ?? '' };
  }
}

function partOf({ request, stay }: Own, asked: unknown): Part {
  if (!stay.active) return 'overview';
  if (!request || request.state === 'unknown') return 'entry';
  if (request.state === 'data_requested') return asked === 'entry' ? 'entry' : 'details';
  if (asked === 'entry' && allows(request.state, 'assess')) return 'entry';
  return asked === 'details' && allows(request.state, 'receive') && request.purgedAt === null ? 'details' : 'overview';
}
