import { z } from 'zod';
import { LOCALES } from '../../../kernel/locale.js';
import { instantOut } from '../../../platform/web/api.js';
import {
  checkbox,
  choice,
  dateField,
  integerField,
  line,
  mustAccept,
  optionalChoice,
  optionalCountry,
  optionalEmail,
  optionalInteger,
  optionalLine,
  optionalLocalizedLine,
  optionalParagraph,
  refuse,
} from '../../../platform/web/fields.js';
import { fileProblemOut } from '../../../platform/web/file-problems.js';
import { fileField } from '../../../platform/web/uploads.js';
import { NAME_ORDERS, withOneName } from '../../registration/index.js';
import { PROPOSAL_KINDS } from './composition.rules.js';
import { DELEGATION_LIST_FIELDS } from './delegation-list.rules.js';
import { MEMBER_CHECKS } from './member-checks.rules.js';
import {
  MEMBER_ROLES,
  MEMBER_SOURCES,
  MOST_MEMBERS,
  PASSPORT_TYPES,
  PLATE_SCRIPTS,
  type PlateNames,
} from './member.rules.js';

const version = integerField({ min: 1, max: 2_000_000_000 });
const place = { min: 1, max: MOST_MEMBERS };

const plateName = optionalLine(200).optional();
export const plateField = () =>
  z
    .strictObject({ be: plateName, ru: plateName, en: plateName, original: plateName })
    .nullish()
    .transform((names): PlateNames =>
      Object.fromEntries(PLATE_SCRIPTS.flatMap((script) => (names?.[script] ? [[script, names[script]]] : []))),
    );

const member = {
  role: choice(MEMBER_ROLES),
  protocolRank: optionalInteger({ min: 1, max: 99 }),
  level: optionalInteger({ min: 1, max: 5 }),
  plate: plateField(),
  courtesy: optionalLocalizedLine(100),
  title: optionalLocalizedLine(300),
  citizenship: optionalCountry(),
  passportType: optionalChoice(PASSPORT_TYPES),
  smoker: checkbox(),
  emergencyContact: optionalLine(300),
};

export const PARTICIPATIONS = ['in_person', 'online'] as const;
/** A page offers choices where the API has true and false. */
const inPerson = choice(PARTICIPATIONS).transform((way) => way === 'in_person');
const photoConsent = optionalChoice(['yes', 'no']).transform((said) => (said === null ? null : said === 'yes'));

export const memberForm = z.strictObject({ ...member, inPerson, photoConsent, version });
export const memberChanges = z
  .strictObject({ ...member, inPerson: z.boolean(), photoConsent: z.boolean().nullable() })
  .partial()
  .meta({ id: 'MemberChanges' });

/** Somebody whom the house knows, by public id. */
export const knownMemberForm = z.strictObject({ person: line(40), role: choice(MEMBER_ROLES) });
const newPerson = {
  given: line(128),
  family: optionalLine(128),
  mononym: checkbox(),
  email: optionalEmail(),
  institution: optionalLine(300),
  citizenship: optionalCountry(),
  role: choice(MEMBER_ROLES),
};
export const newMemberForm = withOneName(z.strictObject(newPerson));
export const newMemberInput = z
  .union([knownMemberForm, withOneName(z.strictObject(newPerson))])
  .meta({ id: 'NewMember' });
export const memberSearch = z.strictObject({ q: optionalLine(200).optional() });

export const moveForm = z.strictObject({
  seen: integerField(place),
  place: optionalInteger(place).optional(),
  to: optionalInteger(place).optional(),
});
export const moveInput = z
  .strictObject({
    seen: integerField(place).meta({ description: 'The place where the caller saw the member' }),
    place: integerField(place),
  })
  .meta({ id: 'MemberPlace' });
export const versionForm = z.strictObject({ version });

export const protectedWords = {
  diet: optionalParagraph(1000),
  allergy: optionalParagraph(1000),
  access: optionalParagraph(1000),
};
export const needsForm = z.strictObject({ ...protectedWords, version });
export const needsInput = z.strictObject(protectedWords).partial().meta({ id: 'MemberNeedsInput' });
export const needsOut = z
  .object({ diet: z.string().nullable(), allergy: z.string().nullable(), access: z.string().nullable() })
  .meta({ id: 'MemberNeeds' });

const localizedOut = z.partialRecord(z.enum(LOCALES), z.string());
/** What everybody sees who may see the visit. */
const shortMember = {
  id: z.uuid(),
  place: z.number(),
  name: z.string(),
  role: z.enum(MEMBER_ROLES),
  plate: z.partialRecord(z.enum(PLATE_SCRIPTS), z.string()),
  courtesy: localizedOut,
  title: localizedOut,
  inPerson: z.boolean(),
};
export const memberOut = z
  .object({
    ...shortMember,
    person: z.string().meta({ description: 'Public id' }),
    protocolRank: z.number().nullable(),
    level: z.number().nullable(),
    citizenship: z.string().nullable(),
    passportType: z.enum(PASSPORT_TYPES).nullable(),
    smoker: z.boolean(),
    emergencyContact: z.string().nullable(),
    photoConsent: z.boolean().nullable(),
    given: z
      .object({ diet: z.boolean(), allergy: z.boolean(), access: z.boolean() })
      .meta({ description: 'Which of the protected fields hold something' }),
    source: z.enum(MEMBER_SOURCES),
    verifiedAt: instantOut.nullable(),
    version: z.number(),
  })
  .meta({ id: 'Member' });
export const delegationOut = z
  .object({
    items: z.array(z.object(shortMember)),
    needs: z.object({ diet: z.number(), allergy: z.number(), access: z.number() }),
    findings: z.array(
      z.object({
        check: z.enum(MEMBER_CHECKS),
        memberId: z.uuid().nullable(),
        scripts: z.array(z.enum(PLATE_SCRIPTS)),
      }),
    ),
  })
  .meta({ id: 'Delegation' });

/** What the guest side types of each of its people. */
const guestMember = {
  given: line(128),
  family: optionalLine(128),
  mononym: checkbox(),
  role: choice(MEMBER_ROLES),
  position: optionalLine(300),
  plate: plateField(),
  citizenship: optionalCountry(),
  passportType: optionalChoice(PASSPORT_TYPES),
  inPerson,
  smoker: checkbox(),
  emergencyContact: optionalLine(300),
  ...protectedWords,
  forget: checkbox(),
};
export const guestMemberForm = withOneName(z.strictObject({ ...guestMember, told: mustAccept('error.visit.told') }));
export const guestChangeForm = withOneName(z.strictObject({ ...guestMember, version }));

export const linkForm = z.strictObject({ expiresOn: dateField() });
export const linkInput = z.strictObject({ expiresOn: dateField() }).meta({ id: 'DelegationLinkInput' });
export const linkOut = z
  .object({
    url: z.string().meta({ description: 'Answered once; only a hash is kept' }),
    expiresAt: instantOut,
  })
  .meta({ id: 'DelegationLink' });
export const proposalsOut = z
  .object({
    items: z.array(
      z.object({
        id: z.uuid(),
        kind: z.enum(PROPOSAL_KINDS),
        memberId: z.uuid().nullable(),
        createdAt: instantOut,
        place: z.number().optional(),
      }),
    ),
  })
  .meta({ id: 'MemberProposals' });

const listChoices = { header: integerField({ min: 1, max: 20_000 }), nameOrder: choice(NAME_ORDERS) };
export const listChoicesForm = z.strictObject({
  ...listChoices,
  column: z.record(z.string().max(20), z.string().max(6)).optional().default({}),
  version,
});
export const listChoicesInput = z
  .strictObject({
    ...listChoices,
    columns: z.partialRecord(z.enum(DELEGATION_LIST_FIELDS), integerField({ min: 0, max: 199 })),
  })
  .partial()
  .meta({ id: 'DelegationListChoices' });
export const listUploadInput = z.object({ file: fileField() });
export const listOut = z
  .object({
    id: z.uuid(),
    filename: z.string(),
    header: z.number().nullable(),
    columns: z.partialRecord(z.enum(DELEGATION_LIST_FIELDS), z.number()),
    problems: z.number().meta({ description: 'How many rows keep the list from being taken over' }),
    rows: z.array(z.object({ row: z.number(), name: z.string(), problems: z.array(fileProblemOut) })),
  })
  .meta({ id: 'DelegationList' });

/** Ids of members, from checkboxes or a list; whether they are of this visit is for the service. */
export const memberIdsField = () =>
  z
    .union([z.string(), z.array(z.string())])
    .nullish()
    .transform((given, ctx): string[] => {
      const ids = given === undefined || given === null || given === '' ? [] : [given].flat();
      return ids.every((id) => z.uuid().safeParse(id).success) ? ids : refuse(ctx, 'error.visit.leg.unknownMember');
    });
