import { z } from 'zod';
import { instantOut } from '../../../platform/web/api.js';
import {
  checkbox,
  choice,
  dateField,
  integerField,
  line,
  localDateTimeField,
  optionalChoice,
  optionalId,
  optionalInteger,
  optionalLine,
  optionalParagraph,
  refuse,
  zoneField,
} from '../../../platform/web/fields.js';
import { memberIdsField } from '../delegation/member.schemas.js';
import { PAYERS } from '../visit.rules.js';
import { GIFT_WAYS } from './gift.rules.js';
import { GUEST_DIRECTIONS, LEG_DIRECTIONS, LEG_FINDINGS, LEG_MODES, LEG_STATUSES } from './leg.rules.js';
import { ROOM_TYPES } from './lodging.rules.js';

const version = integerField({ min: 1, max: 2_000_000_000 });

const legFields = {
  direction: choice(LEG_DIRECTIONS),
  mode: choice(LEG_MODES),
  carrier: optionalLine(120),
  number: optionalLine(20),
  fromPlace: line(120),
  toPlace: line(120),
  departsAt: localDateTimeField(),
  departsZone: zoneField(),
  arrivesAt: localDateTimeField(),
  arrivesZone: zoneField(),
  terminal: optionalLine(60),
  carId: optionalId(),
  greeter: optionalLine(120),
  signText: optionalLine(120),
  luggage: optionalInteger({ min: 0, max: 999 }),
  status: choice(LEG_STATUSES),
  note: optionalLine(500),
  memberIds: memberIdsField(),
};
/** What their own side says of a journey; who meets them and in which car is ours. */
const guestLegFields = {
  direction: choice(GUEST_DIRECTIONS),
  mode: legFields.mode,
  carrier: legFields.carrier,
  number: legFields.number,
  fromPlace: legFields.fromPlace,
  toPlace: legFields.toPlace,
  departsAt: legFields.departsAt,
  departsZone: legFields.departsZone,
  arrivesAt: legFields.arrivesAt,
  arrivesZone: legFields.arrivesZone,
  terminal: legFields.terminal,
  luggage: legFields.luggage,
  memberIds: legFields.memberIds,
};
export const newGuestLegForm = z.strictObject(guestLegFields);
export const guestLegForm = z.strictObject({ ...guestLegFields, version });
export const newLegForm = z.strictObject(legFields).meta({ id: 'VisitLegInput' });
export const legForm = z.strictObject({ ...legFields, version });
export const statusForm = z.strictObject({ status: choice(LEG_STATUSES), version });
export const statusInput = z.strictObject({ status: choice(LEG_STATUSES) }).meta({ id: 'VisitLegStatus' });
export const versionForm = z.strictObject({ version });
export const emptyForm = z.strictObject({});

const lodgingFields = {
  hotel: line(200),
  roomType: choice(ROOM_TYPES),
  from: dateField(),
  until: dateField(),
  sharedWith: optionalId(),
  payer: optionalChoice(PAYERS),
};
/** `version` 0: the member has no room yet. */
export const lodgingForm = z.strictObject({ ...lodgingFields, version: integerField({ min: 0, max: 2_000_000_000 }) });
export const lodgingInput = z
  .strictObject({ ...lodgingFields, version: integerField({ min: 0, max: 2_000_000_000 }) })
  .meta({ id: 'VisitLodgingInput' });

/** Money as people write it (`12`, `12.50`, `12,5`), in minor units. */
export const money = optionalLine(20).transform((text, ctx): number | null => {
  if (text === null) return null;
  const read = /^(\d{1,7})(?:[.,](\d{1,2}))?$/.exec(text.replaceAll(/[\s\u00a0\u202f]/g, ''));
  return read ? Number(read[1]) * 100 + Number((read[2] ?? '').padEnd(2, '0')) : refuse(ctx, 'error.visit.gift.value');
});
export const currency = optionalLine(3).transform((text, ctx) =>
  text === null || /^[A-Za-z]{3}$/.test(text)
    ? (text?.toUpperCase() ?? null)
    : refuse(ctx, 'error.visit.gift.currencyCode'),
);

const giftFields = {
  way: choice(GIFT_WAYS),
  what: line(300),
  memberId: optionalId(),
  whom: optionalLine(200),
  rank: optionalInteger({ min: 1, max: 5 }),
  value: money,
  currency,
  keptAt: optionalLine(200),
  ready: checkbox(),
  note: optionalParagraph(1000),
};
export const newGiftForm = z.strictObject(giftFields).meta({ id: 'VisitGiftInput' });
export const giftForm = z.strictObject({ ...giftFields, version });

const carFields = {
  name: line(120),
  plate: optionalLine(20),
  seats: integerField({ min: 1, max: 99 }),
  luggage: optionalInteger({ min: 0, max: 999 }),
  driver: optionalLine(120),
  phone: optionalLine(40),
  inUse: checkbox(),
};
export const newCarForm = z.strictObject(carFields).meta({ id: 'CarInput' });
export const carForm = z.strictObject({ ...carFields, version });

export const legOut = z
  .object({
    id: z.uuid(),
    direction: z.enum(LEG_DIRECTIONS),
    mode: z.enum(LEG_MODES),
    carrier: z.string().nullable(),
    number: z.string().nullable(),
    fromPlace: z.string(),
    toPlace: z.string(),
    departsAt: z.string().meta({ description: 'Local time of `departsZone`' }),
    departsZone: z.string(),
    arrivesAt: z.string(),
    arrivesZone: z.string(),
    terminal: z.string().nullable(),
    carId: z.uuid().nullable(),
    greeter: z.string().nullable(),
    signText: z.string().nullable(),
    luggage: z.number().nullable(),
    status: z.enum(LEG_STATUSES),
    note: z.string().nullable(),
    guestChangedAt: instantOut.nullable().meta({ description: 'When their own side wrote it, until staff save it' }),
    memberIds: z.array(z.uuid()),
    findings: z.array(z.enum(LEG_FINDINGS)),
    version: z.number(),
  })
  .meta({ id: 'VisitLeg' });
export const legsOut = z.object({ items: z.array(legOut) }).meta({ id: 'VisitLegs' });
export const lodgingOut = z
  .object({
    memberId: z.uuid(),
    hotel: z.string(),
    roomType: z.enum(ROOM_TYPES),
    from: z.string(),
    until: z.string(),
    sharedWith: z.uuid().nullable(),
    payer: z.string().nullable(),
    version: z.number(),
  })
  .meta({ id: 'VisitLodging' });
export const lodgingsOut = z.object({ items: z.array(lodgingOut) }).meta({ id: 'VisitLodgings' });
export const giftOut = z
  .object({
    id: z.uuid(),
    way: z.enum(GIFT_WAYS),
    what: z.string(),
    memberId: z.uuid().nullable(),
    whom: z.string().nullable(),
    rank: z.number().nullable(),
    value: z.number().nullable().meta({ description: 'Minor units' }),
    currency: z.string().nullable(),
    keptAt: z.string().nullable(),
    ready: z.boolean(),
    note: z.string().nullable(),
    version: z.number(),
  })
  .meta({ id: 'VisitGift' });
export const giftsOut = z.object({ items: z.array(giftOut) }).meta({ id: 'VisitGifts' });
export const mealsOut = z
  .object({
    items: z.array(
      z.object({
        sessionId: z.uuid(),
        heads: z.number(),
        diets: z.array(z.object({ diet: z.string(), count: z.number() })),
        allergies: z.number(),
        menu: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'VisitMeals' });
export const carOut = z
  .object({
    id: z.uuid(),
    name: z.string(),
    plate: z.string().nullable(),
    seats: z.number(),
    luggage: z.number().nullable(),
    driver: z.string().nullable(),
    phone: z.string().nullable(),
    inUse: z.boolean(),
    version: z.number(),
  })
  .meta({ id: 'Car' });
export const carsOut = z.object({ items: z.array(carOut) }).meta({ id: 'Cars' });
