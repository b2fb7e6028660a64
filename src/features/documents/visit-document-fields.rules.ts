import {
  drawing,
  expected,
  flag,
  image,
  LETTER_FIELDS,
  list,
  optionalList,
  SHEET_FIELDS,
  text,
} from './common-fields.rules.js';
import type { DocumentKind } from './document-kind.rules.js';

/*
 * What the documents of a visit are filled with. All values are texts as they print: the feature that makes a document
 * writes dates, times with their zones, names and titles in its language. Fields that end in `Second` say the same in the
 * second language of a bilingual document: English beside Belarusian and Russian, Belarusian beside English.
 */

const VISIT = [...text('visitTitle', 'dates', 'visitDates'), ...text('guestInstitution', 'guestCountry')];
const BILINGUAL_HEAD = text('visitTitleSecond', 'datesSecond', 'hostNameSecond', 'guestInstitutionSecond');

const INVITATION_LETTER: DocumentKind = {
  kind: 'invitation_letter',
  group: 'letters',
  series: 'letter',
  fields: [
    ...LETTER_FIELDS,
    ...VISIT,
    ...expected('purpose'),
    // Who is invited, where the letter goes to somebody else: the delegation in their order.
    optionalList('members', text('no', 'name', 'title')),
    optionalList('topics', text('topic')),
    // Line by line: travel, hotel, meals, local transport, and who pays.
    optionalList('financing', text('line', 'payer')),
    ...text('body', 'replyBy'),
  ],
};

const NOTE_VERBALE: DocumentKind = {
  kind: 'note_verbale',
  group: 'letters',
  series: 'letter',
  fields: [...LETTER_FIELDS, ...VISIT, ...expected('mission', 'body'), ...text('missionCity')],
};

const THANK_YOU_LETTER: DocumentKind = {
  kind: 'thank_you_letter',
  group: 'letters',
  series: 'letter',
  fields: [
    ...LETTER_FIELDS,
    ...VISIT,
    ...text('body'),
    optionalList('commitments', text('text', 'owner', 'due')),
    flag('photos'),
  ],
};

const ITEM = text('time', 'title', 'place', 'people', 'language', 'note');
const ITEM_SECOND = text('titleSecond', 'placeSecond', 'peopleSecond');

const PROGRAMME_GUEST: DocumentKind = {
  kind: 'programme_guest',
  group: 'programme',
  series: null,
  fields: [
    ...SHEET_FIELDS,
    ...VISIT,
    ...BILINGUAL_HEAD,
    ...text('edition', 'zone', 'zoneSecond', 'contactName', 'contactPhone'),
    list('days', [...expected('day'), ...text('daySecond'), list('items', [...ITEM, ...ITEM_SECOND])]),
  ],
};

const PROGRAMME_INTERNAL: DocumentKind = {
  kind: 'programme_internal',
  group: 'programme',
  series: null,
  fields: [
    ...SHEET_FIELDS,
    ...VISIT,
    ...text('edition', 'zone', 'responsible', 'responsiblePhone'),
    list('days', [...expected('day'), list('items', [...ITEM, ...text('owner', 'phone', 'cars', 'planB')])]),
  ],
};

const CHANGE_SHEET: DocumentKind = {
  kind: 'change_sheet',
  group: 'programme',
  series: null,
  fields: [
    ...SHEET_FIELDS,
    ...VISIT,
    ...expected('sheetNumber'),
    ...text('edition', 'previousEdition', 'zone'),
    list('changes', [...expected('what', 'now'), ...text('was', 'day')]),
    // `told` says when and how; empty: nobody has told them yet.
    optionalList('inform', text('name', 'contact', 'told')),
  ],
};

const RUN_SHEET: DocumentKind = {
  kind: 'run_sheet',
  group: 'programme',
  series: null,
  fields: [
    ...SHEET_FIELDS,
    ...VISIT,
    ...text('day', 'edition', 'zone', 'responsible', 'responsiblePhone'),
    list('items', [...expected('time', 'what'), ...text('place', 'owner', 'phone', 'note')]),
    optionalList('phones', text('name', 'role', 'phone')),
  ],
};

const DELEGATION_LIST: DocumentKind = {
  kind: 'delegation_list',
  group: 'people',
  series: null,
  fields: [
    ...SHEET_FIELDS,
    ...VISIT,
    ...BILINGUAL_HEAD,
    list('members', [
      ...expected('name'),
      ...text('no', 'courtesy', 'nameOriginal', 'nameSecond', 'title', 'titleSecond', 'role', 'institution'),
    ]),
  ],
};

const SIDE = [...expected('name'), ...text('title', 'nameSecond', 'titleSecond')];

const BOTH_SIDES: DocumentKind = {
  kind: 'both_sides',
  group: 'people',
  series: null,
  fields: [
    ...SHEET_FIELDS,
    ...VISIT,
    ...BILINGUAL_HEAD,
    ...text('meetingTitle', 'meetingTitleSecond', 'time', 'timeSecond', 'place', 'placeSecond'),
    // Heads first; interpreters last.
    list('ours', SIDE),
    list('theirs', SIDE),
  ],
};

const BRIEFING_NOTE: DocumentKind = {
  kind: 'briefing_note',
  group: 'people',
  series: null,
  fields: [
    ...SHEET_FIELDS,
    ...VISIT,
    ...text(
      'principal',
      'meetingTitle',
      'time',
      'place',
      'language',
      'lastMeeting',
      'ourLine',
      'pressLine',
      'execution',
    ),
    optionalList('wants', text('point')),
    optionalList('facts', text('date', 'fact')),
    optionalList('theirPoints', text('point')),
    optionalList('sensitive', text('point')),
    optionalList('bios', [...text('name', 'title', 'text'), image('photo')]),
    optionalList('agreements', text('title', 'standing')),
    // What was promised at earlier visits, and what became of it.
    optionalList('commitments', text('text', 'owner', 'due', 'state')),
  ],
};

const NAME_PLATES: DocumentKind = {
  kind: 'name_plates',
  group: 'people',
  series: null,
  fields: [
    // Towards the others the one script, towards the person the other; the same where there is only one.
    list('plates', [...expected('name', 'nameSecond'), ...text('title', 'titleSecond', 'country', 'countrySecond')]),
  ],
};

const FACES = ['', 'Second'].flatMap((side) => ['name', 'title', 'country'].map((field) => field + side));

const NAME_PLATES_THIRD: DocumentKind = {
  kind: 'name_plates_third',
  group: 'people',
  series: null,
  fields: [
    // Three plates of a sheet, the last ones of which may be empty.
    list('sheets', text(...['A', 'B', 'C'].flatMap((plate) => FACES.map((field) => field + plate)))),
  ],
};

const FLAG_LIST: DocumentKind = {
  kind: 'flag_list',
  group: 'services',
  series: null,
  fields: [
    ...SHEET_FIELDS,
    ...VISIT,
    // By which alphabet the guests' flags stand.
    ...text('alphabet'),
    // The host first: the place of honour.
    list('flags', [...expected('no', 'country'), ...text('countrySecond', 'official', 'warning')]),
    optionalList('places', text('day', 'time', 'title', 'place', 'what')),
  ],
};

const PRESS_LIST: DocumentKind = {
  kind: 'press_list',
  group: 'services',
  series: null,
  fields: [
    ...SHEET_FIELDS,
    ...VISIT,
    ...text('policy', 'contactName', 'contactPhone'),
    optionalList('accredited', text('no', 'name', 'title', 'institution')),
    optionalList('moments', text('day', 'time', 'title', 'place')),
    // Who said no to photographs, and who was not asked yet.
    optionalList('refused', text('name', 'title')),
    optionalList('unasked', text('name', 'title')),
  ],
};

const ESTIMATE: DocumentKind = {
  kind: 'estimate',
  group: 'finance',
  series: null,
  fields: [
    ...SHEET_FIELDS,
    ...VISIT,
    ...text('date', 'signatoryTitle', 'signatoryName', 'members'),
    list('costs', [...expected('line', 'sum'), ...text('no', 'what', 'quantity', 'price', 'payer')]),
    list('payers', [...expected('payer', 'total')]),
  ],
};

const ORDER: DocumentKind = {
  kind: 'order',
  group: 'finance',
  series: null,
  fields: [
    ...SHEET_FIELDS,
    ...VISIT,
    ...text('purpose', 'responsible', 'deputy', 'signatoryTitle', 'signatoryName', 'count'),
    optionalList('points', text('point')),
  ],
};

const SEAT = [...expected('no', 'name'), ...text('title')];

const SEATING_PLAN: DocumentKind = {
  kind: 'seating_plan',
  group: 'people',
  series: null,
  fields: [
    ...SHEET_FIELDS,
    ...VISIT,
    ...text('meetingTitle', 'time', 'place', 'layout', 'oursLabel', 'theirsLabel'),
    // Chairs and table as they stand, with the numbers of the lists below.
    drawing('plan'),
    // In the order of the chairs; interpreters have theirs.
    optionalList('ours', SEAT),
    optionalList('theirs', SEAT),
  ],
};

const PASS_LIST: DocumentKind = {
  kind: 'pass_list',
  group: 'services',
  series: null,
  fields: [
    ...SHEET_FIELDS,
    ...VISIT,
    ...text('day', 'escort', 'escortPhone', 'entrance'),
    // Document numbers only where the guard post requires them.
    flag('withNumbers'),
    list('people', [...expected('name'), ...text('no', 'institution', 'documentNumber', 'time')]),
    optionalList('vehicles', text('plate', 'model', 'driver', 'time')),
  ],
};

const TRANSPORT_SHEET: DocumentKind = {
  kind: 'transport_sheet',
  group: 'services',
  series: null,
  fields: [
    ...SHEET_FIELDS,
    ...text('visitTitle', 'day', 'car', 'driver', 'driverPhone', 'responsible', 'responsiblePhone'),
    list('legs', [
      ...expected('time', 'from', 'to'),
      ...text(
        'day',
        'zone',
        'flight',
        'persons',
        'count',
        'sign',
        'greeter',
        'greeterPhone',
        'luggage',
        'car',
        'driver',
        'note',
      ),
    ]),
  ],
};

const ROOMING_LIST: DocumentKind = {
  kind: 'rooming_list',
  group: 'services',
  series: null,
  fields: [
    ...SHEET_FIELDS,
    ...text('visitTitle', 'hotel', 'dates', 'contactName', 'contactPhone', 'total'),
    list('rooms', [...expected('name', 'arrives', 'departs'), ...text('no', 'roomType', 'nights', 'payer', 'note')]),
  ],
};

const CATERING_ORDER: DocumentKind = {
  kind: 'catering_order',
  group: 'services',
  series: null,
  fields: [
    ...SHEET_FIELDS,
    ...text('visitTitle', 'caterer', 'contactName', 'contactPhone', 'listAsOf'),
    list('meals', [
      ...expected('day', 'time', 'headcount'),
      ...text('place', 'event', 'serving', 'menu', 'note'),
      // Counts only; names where a plated allergy requires them.
      optionalList('diets', text('diet', 'count')),
      optionalList('plated', text('name', 'allergy', 'seat')),
    ]),
  ],
};

const GIFT_SHEET: DocumentKind = {
  kind: 'gift_sheet',
  group: 'services',
  series: null,
  fields: [
    ...SHEET_FIELDS,
    ...VISIT,
    optionalList('given', text('no', 'item', 'from', 'to', 'occasion', 'value')),
    optionalList('received', text('no', 'item', 'from', 'to', 'occasion', 'value', 'kept')),
  ],
};

const VISIT_REPORT: DocumentKind = {
  kind: 'visit_report',
  group: 'after',
  series: null,
  fields: [
    ...SHEET_FIELDS,
    ...VISIT,
    ...text('purpose', 'results', 'lessons', 'signatoryTitle', 'signatoryName', 'date'),
    optionalList('members', text('no', 'name', 'title')),
    optionalList('meetings', text('day', 'time', 'title', 'people', 'outcome')),
    optionalList('incidents', text('time', 'what', 'who')),
    optionalList('commitments', text('text', 'owner', 'due')),
    optionalList('costs', text('line', 'planned', 'spent')),
  ],
};

/** The first page of a pack: what is in it. */
export const PACK_CONTENTS: DocumentKind = {
  kind: 'pack_contents',
  group: 'programme',
  series: null,
  fields: [
    ...SHEET_FIELDS,
    ...VISIT,
    ...text('edition'),
    list('files', [...expected('title'), ...text('no', 'filename', 'reader', 'note')]),
    // What stands in the way of taking it to the hall as it is.
    optionalList('warnings', text('warning')),
    optionalList('missing', text('title', 'why')),
  ],
};

/** In the order in which a visit needs them. */
export const VISIT_DOCUMENTS: readonly DocumentKind[] = [
  INVITATION_LETTER,
  NOTE_VERBALE,
  THANK_YOU_LETTER,
  PROGRAMME_GUEST,
  PROGRAMME_INTERNAL,
  RUN_SHEET,
  CHANGE_SHEET,
  PACK_CONTENTS,
  DELEGATION_LIST,
  BOTH_SIDES,
  BRIEFING_NOTE,
  NAME_PLATES,
  NAME_PLATES_THIRD,
  SEATING_PLAN,
  FLAG_LIST,
  PASS_LIST,
  PRESS_LIST,
  TRANSPORT_SHEET,
  ROOMING_LIST,
  CATERING_ORDER,
  GIFT_SHEET,
  ESTIMATE,
  ORDER,
  VISIT_REPORT,
];
