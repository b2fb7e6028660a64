import { headings } from '../../../platform/documents/table-headings.rules.js';

/** What a column of a list of participants may hold. */
export const LIST_FIELDS = [
  'name',
  'family',
  'given',
  'patronymic',
  'badgeName',
  'email',
  'phone',
  'institution',
  'position',
  'country',
  'category',
  'form',
  'arrival',
  'departure',
  'note',
] as const;
export type ListField = (typeof LIST_FIELDS)[number];

/** Fields that say who somebody is: without one of them there is no list. */
export const NAME_FIELDS: readonly ListField[] = ['name', 'family', 'given'];

/** Words that people write over such columns, in Belarusian, Russian and English. */
const HEADINGS: Readonly<Record<ListField, readonly string[]>> = {
  name: [
    'піб',
    'п.і.б.',
    'прозвішча імя імя па бацьку',
    'прозвішча, імя, імя па бацьку',
    'прозвішча, ініцыялы',
    'прозвішча і ініцыялы',
    'прозвішча і імя',
    'прозвішча, імя',
    'удзельнік',
    'фио',
    'ф.и.о.',
    'фамилия имя отчество',
    'фамилия, имя, отчество',
    'фамилия, инициалы',
    'фамилия и инициалы',
    'фамилия и имя',
    'фамилия, имя',
    'участник',
    'name',
    'full name',
    'participant',
    'delegate',
  ],
  family: ['прозвішча', 'фамилия', 'surname', 'family name', 'last name'],
  given: ['імя', 'имя', 'given name', 'first name', 'given names', 'first names'],
  patronymic: ['імя па бацьку', 'отчество', 'patronymic', 'middle name'],
  badgeName: ['бэйдж', 'імя на бэйджы', 'бейдж', 'имя на бейдже', 'badge', 'name on badge'],
  email: [
    'e-mail',
    'email',
    'mail',
    'эл. пошта',
    'электронная пошта',
    'пошта',
    'адрас электроннай пошты',
    'эл. почта',
    'электронная почта',
    'почта',
    'адрес электронной почты',
    'кантакты',
    'контакты',
  ],
  phone: ['тэлефон', 'тэл.', 'телефон', 'тел.', 'мабільны', 'мобильный', 'phone', 'telephone', 'mobile'],
  institution: [
    'установа',
    'арганізацыя',
    'месца працы',
    'бібліятэка',
    'учреждение',
    'организация',
    'место работы',
    'библиотека',
    'institution',
    'organization',
    'organisation',
    'affiliation',
    'company',
  ],
  position: ['пасада', 'должность', 'position', 'job title', 'title', 'role'],
  country: ['краіна', 'дзяржава', 'страна', 'государство', 'country'],
  category: ['катэгорыя', 'статус', 'категория', 'category', 'status'],
  form: ['форма', 'форма ўдзелу', 'форма участия', 'form', 'participation', 'form of participation'],
  arrival: ['прыезд', 'дата прыезду', 'прыбыццё', 'заезд', 'приезд', 'дата приезда', 'прибытие', 'arrival', 'arrives'],
  departure: ['ад’езд', 'дата ад’езду', 'выезд', 'отъезд', 'дата отъезда', 'убытие', 'departure', 'leaves'],
  note: ['заўвага', 'заўвагі', 'нататка', 'нататкі', 'примечание', 'примечания', 'note', 'notes', 'remark', 'remarks'],
};

const table = headings(HEADINGS);
export const { headerRow } = table;

/** Which column holds what, by its heading. A family name without a given name beside it is a whole name in one cell. */
export function columnsOf(cells: readonly string[]): Partial<Record<ListField, number>> {
  const { family, ...columns } = table.columnsOf(cells);
  if (family === undefined) return columns;
  const whole = columns.given === undefined && columns.name === undefined;
  return whole ? { ...columns, name: family } : { ...columns, family };
}
