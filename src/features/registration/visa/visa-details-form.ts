import { Injectable } from '@nestjs/common';
import { InvalidInput } from '../../../kernel/errors.js';
import { localDay } from '../../../kernel/zones.js';
import { Clock } from '../../../platform/runtime/clock.js';
import type { WebContext } from '../../../platform/web/web-context.js';
import type { Person } from '../../people/index.js';
import { readMrz, type MrzData } from './mrz.rules.js';
import { cyrillicSpelling, passportSpelling } from './passport-names.rules.js';
import { VisaFilesOfRequests } from './visa-files.service.js';
import { VisaLetters } from './visa-letters.service.js';
import type { VisaRequest } from './visa-request.entity.js';
import { allows, expiresTooSoon } from './visa-request.rules.js';
import type { Stay } from './visa-stays.js';
import { plainText, shownMask, VisaVault } from './visa-vault.service.js';
import { DETAIL_FIELDS, ENTRIES, PAYERS, SEXES } from './visa.words.js';

/** The form for what a passport says, whoever fills it in: what is there already shows as a mask, never as itself. */
@Injectable()
export class VisaDetailsForm {
  constructor(
    private readonly clock: Clock,
    private readonly vault: VisaVault,
    private readonly files: VisaFilesOfRequests,
    private readonly letters: VisaLetters,
  ) {}

  /** What is kept, the way to say so, and what there is to choose from. `read`: what the two bottom lines said just now. */
  async model(
    web: WebContext,
    { stay, request, person, read }: { stay: Stay; request: VisaRequest | null; person: Person; read?: MrzData },
  ) {
    const kept = request ? await this.kept(web, request) : NOTHING;
    return {
      request,
      ...kept,
      changeable: request !== null && allows(request.state, 'receive') && request.purgedAt === null,
      assessable: request === null || (allows(request.state, 'assess') && request.purgedAt === null),
      suggested: {
        surname: passportSpelling(person.family ?? person.given),
        givenNames: person.family ? passportSpelling(person.given) : '',
      },
      read: read && {
        truncated: read.truncated,
        expiresSoon: expiresTooSoon(read.expiresOn, request?.exitOn ?? stay.endsOn ?? ''),
        otherNationality: kept.entry.citizenship !== '' && read.nationality !== kept.entry.citizenship,
      },
      choices: { sexes: SEXES, entries: ENTRIES, payers: PAYERS },
    };
  }

  /** What is known without the passport: days of the stay, the work, a spelling of the name. Sealed fields stay empty. */
  values(stay: Stay, request: VisaRequest | null, person: Person): Record<string, unknown> {
    const first = request === null || request.state === 'data_requested';
    const name = [person.family, person.given, person.patronymic].filter(Boolean).join(' ');
    return {
      entryOn: request?.entryOn ?? stay.startsOn ?? '',
      exitOn: request?.exitOn ?? stay.endsOn ?? '',
      entries: request?.entries ?? 'single',
      consulate: request?.consulate ?? '',
      ...(first
        ? {
            cyrillicName: cyrillicSpelling(name),
            employer: person.institution ?? '',
            position: person.position ?? '',
            workPhone: person.phone ?? '',
            residence: person.country ?? '',
          }
        : {}),
    };
  }

  /** The fields of the form that the two bottom lines fill in. Throws InvalidInput at `mrz` with the digit that does not fit. */
  fillIn(mrz: string, { zone }: Stay): { read: MrzData; values: Record<string, string> } {
    const reading = readMrz(mrz, localDay(this.clock.now(), zone));
    if (!reading.ok) throw new InvalidInput([{ field: 'mrz', code: `error.visa.mrz.${reading.wrong[0]}` }]);
    return { read: reading.data, values: { mrz: '', ...valuesOf(reading.data) } };
  }

  /** What is there, without saying what it says. */
  private async kept(web: WebContext, request: VisaRequest) {
    const [opened, files, letter] = await Promise.all([
      this.vault.open(request.id),
      this.files.kindsOf(request.id),
      this.letters.lastOf(request.id),
    ]);
    // What was answered to the three questions stands above.
    const shown = DETAIL_FIELDS.filter(
      (field) => opened.has(field) && field !== 'citizenship' && field !== 'passportType',
    );
    const rows = shown.map((field) => ({ field, mask: shownMask(field, opened.get(field)!) }));
    return {
      rows,
      hints: Object.fromEntries(
        rows.map(({ field, mask }) => [
          field,
          mask === null ? web.t('visa.unreadable') : web.t('visa.hint.kept', { mask }),
        ]),
      ) as Record<string, string>,
      entry: { citizenship: plainText(opened, 'citizenship'), passportType: plainText(opened, 'passportType') },
      any: opened.size + files.size > 0,
      scan: files.has('scan'),
      letter: letter && {
        number: letter.number,
        datedOn: letter.datedOn,
        sentAt: letter.sentAt,
        delivery: letter.delivery,
        file: letter.sentAt !== null && files.has('signed'),
      },
    };
  }
}

const NOTHING = {
  rows: [],
  hints: {} as Record<string, string>,
  entry: { citizenship: '', passportType: '' },
  any: false,
  scan: false,
  letter: null,
};

/** As the form names them. */
function valuesOf({ surname, givenNames, number, birthDate, sex, expiresOn }: MrzData): Record<string, string> {
  return {
    surname,
    givenNames,
    passportNumber: number,
    sex,
    ...parts('birthDate', birthDate),
    ...parts('expiresOn', expiresOn),
  };
}

function parts(name: string, day: string | null): Record<string, string> {
  const [year = '', month = '', date = ''] = day?.split('-') ?? [];
  return { [`${name}.day`]: date, [`${name}.month`]: month, [`${name}.year`]: year };
}
