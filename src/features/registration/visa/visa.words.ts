export const SEXES = ['F', 'M', 'X'] as const;
export const ENTRIES = ['single', 'double', 'multiple'] as const;
export type Entries = (typeof ENTRIES)[number];
/** How the letter reaches who needs it: a file to download, from hand to hand, the original by post, or straight to the consulate. */
export const DELIVERIES = ['file', 'hand', 'post', 'consulate'] as const;
export type Delivery = (typeof DELIVERIES)[number];

/** The kind of stay of somebody who has registered: they have a page of their own, and sign in. */
export const REGISTRATION_STAY = 'registration';

/** Only somebody with a page of their own can fetch a file; to all others the letter is handed over. */
export function deliveriesFor(stayKind: string): readonly Delivery[] {
  const first: Delivery = stayKind === REGISTRATION_STAY ? 'file' : 'hand';
  return [first, 'post', 'consulate'];
}

export const PAYERS = ['self', 'employer', 'host', 'other'] as const;

/** What is sealed, field by field: property → column of `visa_details`. */
export const DETAIL_COLUMNS = {
  citizenship: 'citizenship',
  otherCitizenships: 'other_citizenships',
  residence: 'residence',
  surname: 'surname',
  givenNames: 'given_names',
  cyrillicName: 'cyrillic_name',
  sex: 'sex',
  birthDate: 'birth_date',
  birthPlace: 'birth_place',
  passportType: 'passport_type',
  passportNumber: 'passport_number',
  issuedOn: 'issued_on',
  expiresOn: 'expires_on',
  issuer: 'issuer',
  route: 'route',
  stayAddress: 'stay_address',
  employer: 'employer',
  position: 'position',
  workAddress: 'work_address',
  workPhone: 'work_phone',
  payer: 'payer',
} as const;
export type DetailField = keyof typeof DETAIL_COLUMNS;
export const DETAIL_FIELDS = Object.keys(DETAIL_COLUMNS) as DetailField[];

/** Without these no letter can be written (Belarus). One name may stand alone: `givenNames` is not among them. */
export const NEEDED_FIELDS: readonly DetailField[] = [
  'citizenship',
  'passportType',
  'surname',
  'cyrillicName',
  'sex',
  'birthDate',
  'birthPlace',
  'residence',
  'passportNumber',
  'issuedOn',
  'expiresOn',
  'issuer',
  'employer',
  'position',
  'payer',
];
