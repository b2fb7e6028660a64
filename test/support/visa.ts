import type { Registration } from '../../src/features/registration/index.js';
import type { TestApp } from './app.js';
import { hiddenFields, type Answer, type Client, type Fields } from './client.js';
import { SOMEBODY, writeTd3 } from './passports.js';
import { register } from './conference.js';
import type { Conference } from '../../src/features/conferences/index.js';
import { People } from '../../src/features/people/index.js';
import { Registration as RegistrationRow } from '../../src/features/registration/index.js';

/** The smallest files of their kinds. */
export const PDF = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** Somebody from Indonesia registers and comes in by the link of their mail. */
export async function guestIn(
  world: TestApp,
  conference: Conference,
  email: string,
  changes: Fields = {},
): Promise<{ visitor: Client; visa: string; registration: Registration }> {
  const visitor = world.client();
  await register(visitor, conference, {
    email,
    given: 'Budi',
    family: 'Santoso',
    country: 'ID',
    institution: 'Perpustakaan Contoh',
    position: 'Pustakawan',
    ...changes,
  });
  const link = (await world.mails()).filter((mail) => mail.to === email)[0]!.link('/en/link/');
  const path = new URL(link).pathname;
  await visitor.post(path, { ...hiddenFields((await visitor.get(link)).body, path) });
  const person = await world.get(People).byEmail(email);
  const registration = await world.db.repository(RegistrationRow).findOneByOrFail({ personId: person!.id });
  return { visitor, visa: `/en/my/${registration.publicId}/visa`, registration };
}

/** Posts the form of a page with that action. */
export async function fill(visitor: Client, page: string, fields: Fields, action = page): Promise<Answer> {
  const opened = await visitor.get(page);
  if (opened.status !== 200) throw new Error(`${page} answered ${opened.status}`);
  return visitor.post(action, { ...hiddenFields(opened.body, action), ...fields });
}

/** An Indonesian with an ordinary passport, coming through the airport. */
export const INDONESIA = { citizenship: 'ID', passportType: 'ordinary', entryPoint: 'airport' };

/** What the person of SOMEBODY fills in. The number is the canary of all searches: it may be found nowhere. */
export const DETAILS: Fields = {
  surname: 'Santoso',
  givenNames: 'Budi',
  cyrillicName: 'Сантоса Будзі',
  sex: 'M',
  'birthDate.day': '14',
  'birthDate.month': 'February',
  'birthDate.year': '1985',
  birthPlace: 'Indonesia, Bandung',
  residence: 'ID',
  passportNumber: 'C4821973',
  'issuedOn.day': '30',
  'issuedOn.month': '9',
  'issuedOn.year': '2022',
  'expiresOn.day': '30',
  'expiresOn.month': '9',
  'expiresOn.year': '2032',
  issuer: 'Imigrasi Bandung',
  entries: 'single',
  consulate: 'Jakarta',
  employer: 'Perpustakaan Contoh',
  position: 'Pustakawan',
  payer: 'employer',
  consent: 'on',
};

export const MRZ = writeTd3(SOMEBODY).join('\n');

/** From the three questions to data that an officer can use. */
export async function withDetails(visitor: Client, visa: string, changes: Fields = {}): Promise<void> {
  const asked = await fill(visitor, visa, INDONESIA, `${visa}/entry`);
  const given = await fill(visitor, visa, { ...DETAILS, ...travelDays((await visitor.get(visa)).body), ...changes });
  if (asked.status !== 303 || given.status !== 303) throw new Error(`entry ${asked.status}, details ${given.status}`);
}

/** The days that the form proposes: those of the conference. */
export function travelDays(html: string): Fields {
  const value = (name: string): string =>
    new RegExp(`name="${name}" type="date" value="([^"]*)"`).exec(html)?.[1] ?? '';
  return { entryOn: value('entryOn'), exitOn: value('exitOn') };
}
