// Letters: what goes out on the letterhead, with a number and a date.
import { p, PAGE, table } from './docx.mjs';

/** The text of a language. */
const in_ = (locale) => (be, ru, en) => ({ be, ru, en })[locale];

/** The letterhead: stands in the head of the first page, where a house puts its own. */
export function letterhead(locale) {
  const say = in_(locale);
  return [
    p('{{hostName}}', { style: 'House' }),
    p('{{hostAddress}}', { style: 'HouseLine' }),
    p(
      say(
        '{{#hostPhone}}тэл. {{hostPhone}}{{/hostPhone}}{{#hostEmail}} · {{hostEmail}}{{/hostEmail}}{{#hostUnp}} · УНП {{hostUnp}}{{/hostUnp}}',
        '{{#hostPhone}}тел. {{hostPhone}}{{/hostPhone}}{{#hostEmail}} · {{hostEmail}}{{/hostEmail}}{{#hostUnp}} · УНП {{hostUnp}}{{/hostUnp}}',
        '{{#hostPhone}}tel. {{hostPhone}}{{/hostPhone}}{{#hostEmail}} · {{hostEmail}}{{/hostEmail}}{{#hostUnp}} · Taxpayer No {{hostUnp}}{{/hostUnp}}',
      ),
      { style: 'HouseLine', rule: 'strong', after: 10 },
    ),
  ];
}

/** Number and date on the left, the addressee on the right. */
function registered(locale) {
  const say = in_(locale);
  const answers = say(
    'На № {{theirNumber}} ад {{theirDate}}',
    'На № {{theirNumber}} от {{theirDate}}',
    'Your ref. {{theirNumber}} of {{theirDate}}',
  );
  return table({
    look: 'none',
    padding: 0,
    widths: [85, 85],
    rows: [
      [
        {
          content: [
            p(say('{{date}}  № {{number}}', '{{date}}  № {{number}}', 'No {{number}}, {{date}}'), { after: 2 }),
            p('{{#theirNumber}}' + answers + '{{/theirNumber}}', { after: 0, size: 10.5 }),
          ],
        },
        { content: [p('{{addressee}}', { after: 0 })] },
      ],
    ],
  });
}

function signed(locale) {
  return [
    p('', { after: 14 }),
    table({
      look: 'none',
      padding: 0,
      widths: [100, 70],
      rows: [
        [
          { content: [p('{{signatoryTitle}}', { after: 0, keep: true })] },
          { content: [p('{{signatoryName}}', { after: 0, align: 'right' })] },
        ],
      ],
    }),
  ];
}

function executor(locale) {
  const say = in_(locale);
  return [
    p(
      say(
        'Выканавец: {{contactName}}{{#contactPhone}}, {{contactPhone}}{{/contactPhone}}',
        'Исполнитель: {{contactName}}{{#contactPhone}}, {{contactPhone}}{{/contactPhone}}',
        'Contact: {{contactName}}{{#contactPhone}}, {{contactPhone}}{{/contactPhone}}',
      ),
      { style: 'Small' },
    ),
  ];
}

const laterHeader = () => [p([PAGE], { align: 'center', size: 10 })];
const justified = { align: 'justify', indent: 12.5 };

function letter(locale, title, body) {
  return {
    locale,
    title,
    size: 13,
    page: { margins: [18, 15, 18, 25] },
    firstHeader: letterhead(locale),
    header: laterHeader(),
    firstFooter: executor(locale),
    footer: [p('', { style: 'Small' })],
    body: [registered(locale), ...body, ...signed(locale)],
  };
}

/** Rows of a form: label and value; those that may be absent stand in a condition. */
function form(rows) {
  return table({
    widths: [66, 104],
    rows: rows.map(([label, value, only]) => [
      { content: [p(`${only ? `{{#${only}}}` : ''}${label}`, { style: 'FormLabel' })] },
      { content: [p(`${value}${only ? `{{/${only}}}` : ''}`, { style: 'FormValue' })] },
    ]),
  });
}

export function visaLetter(locale) {
  const say = in_(locale);
  return letter(locale, say('Хадайніцтва аб візе', 'Ходатайство о визе', 'Visa support letter'), [
    p(say('Аб выдачы візы', 'О выдаче визы', 'Visa support'), { before: 16, after: 12, bold: true }),
    p('{{#salutation}}', {}),
    p('{{salutation}}', { align: 'center', after: 10 }),
    p('{{/salutation}}', {}),
    p(
      say(
        '{{hostName}} просіць выдаць {{entries}} візу ў Рэспубліку Беларусь наступнай асобе, запрошанай да ўдзелу ў мерапрыемстве «{{eventTitle}}» ({{eventDates}}):',
        '{{hostName}} просит выдать {{entries}} визу в Республику Беларусь следующему лицу, приглашённому для участия в мероприятии «{{eventTitle}}» ({{eventDates}}):',
        '{{hostName}} kindly requests a {{entries}} visa to the Republic of Belarus for the following person, who has been invited to take part in “{{eventTitle}}” ({{eventDates}}):',
      ),
      justified,
    ),
    form([
      [
        say(
          'Прозвішча і імя (паводле пашпарта)',
          'Фамилия и имя (по паспорту)',
          'Surname and given names (as in the passport)',
        ),
        '**{{passportName}}**',
      ],
      [say('Тое ж кірыліцай', 'То же кириллицей', 'The same in Cyrillic'), '{{cyrillicName}}', 'cyrillicName'],
      [say('Пол', 'Пол', 'Sex'), '{{sex}}'],
      [
        say('Дата і месца нараджэння', 'Дата и место рождения', 'Date and place of birth'),
        '{{birthDate}}{{#birthPlace}}, {{birthPlace}}{{/birthPlace}}',
      ],
      [say('Грамадзянства', 'Гражданство', 'Citizenship'), '{{citizenship}}'],
      [say('Краіна пражывання', 'Страна проживания', 'Country of residence'), '{{residence}}', 'residence'],
      [say('Хатні адрас', 'Домашний адрес', 'Home address'), '{{homeAddress}}', 'homeAddress'],
      [say('Пашпарт', 'Паспорт', 'Passport'), '{{passportType}} **{{passportNumber}}**'],
      [
        say('Выдадзены', 'Выдан', 'Issued'),
        '{{passportIssued}}{{#passportIssuer}}, {{passportIssuer}}{{/passportIssuer}}',
        'passportIssued',
      ],
      [say('Дзейнічае да', 'Действителен до', 'Valid until'), '{{passportExpires}}'],
      [
        say('Месца працы, пасада', 'Место работы, должность', 'Employer, position'),
        '{{employer}}{{#position}}, {{position}}{{/position}}',
      ],
      [
        say('Адрас і тэлефон месца працы', 'Адрес и телефон места работы', 'Work address and telephone'),
        '{{workAddress}}{{#workPhone}}, {{workPhone}}{{/workPhone}}',
        'workAddress',
      ],
      [say('Мэта паездкі', 'Цель поездки', 'Purpose of the visit'), '{{purpose}}'],
      [say('Удзел', 'Участие', 'Role'), '{{role}}{{#paperTitle}}: «{{paperTitle}}»{{/paperTitle}}', 'role'],
      [say('Уезд і выезд', 'Въезд и выезд', 'Entry and departure'), '**{{entryDate}} – {{exitDate}}**'],
      [say('Маршрут', 'Маршрут', 'Route'), '{{route}}', 'route'],
      [say('Адрас знаходжання', 'Адрес пребывания', 'Address of stay'), '{{stayAddress}}', 'stayAddress'],
      [
        say('Месца атрымання візы', 'Место получения визы', 'Place where the visa is collected'),
        '{{consulate}}',
        'consulate',
      ],
      [say('Выдаткі', 'Расходы', 'Expenses'), '{{whoPays}}'],
    ]),
    p('', { after: 2 }),
    p(
      say(
        '{{hostName}} абавязваецца прыняць запрошаную асобу і садзейнічаць выкананню ёю правілаў знаходжання замежных грамадзян у Рэспубліцы Беларусь.',
        '{{hostName}} обязуется принять приглашённое лицо и содействовать соблюдению им правил пребывания иностранных граждан в Республике Беларусь.',
        '{{hostName}} undertakes to receive the person invited and to help them comply with the rules on the stay of foreign citizens in the Republic of Belarus.',
      ),
      justified,
    ),
  ]);
}
