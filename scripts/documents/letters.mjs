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
    size: 12,
    page: { margins: [16, 15, 16, 25] },
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
    tight: true,
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

export function invitationLetter(locale) {
  const say = in_(locale);
  return letter(locale, say('Пісьмо-запрашэнне', 'Письмо-приглашение', 'Letter of invitation'), [
    p(say('Запрашэнне', 'Приглашение', 'Invitation'), { before: 16, after: 12, bold: true }),
    p('{{#salutation}}'),
    p('{{salutation}}', { align: 'center', after: 10 }),
    p('{{/salutation}}'),
    p(
      say(
        '{{hostName}} мае гонар запрасіць {{#guestInstitution}}дэлегацыю {{guestInstitution}}{{/guestInstitution}}{{#not guestInstitution}}Вас{{/not guestInstitution}} наведаць Рэспубліку Беларусь{{#visitDates}} {{visitDates}}{{/visitDates}} — мэта візіту: {{purpose}}.',
        '{{hostName}} имеет честь пригласить {{#guestInstitution}}делегацию {{guestInstitution}}{{/guestInstitution}}{{#not guestInstitution}}Вас{{/not guestInstitution}} посетить Республику Беларусь{{#visitDates}} {{visitDates}}{{/visitDates}} — цель визита: {{purpose}}.',
        '{{hostName}} has the honour to invite {{#guestInstitution}}a delegation of {{guestInstitution}}{{/guestInstitution}}{{#not guestInstitution}}you{{/not guestInstitution}} to visit the Republic of Belarus{{#visitDates}}, {{visitDates}}{{/visitDates}}. Purpose of the visit: {{purpose}}.',
      ),
      justified,
    ),
    p('{{#body}}'),
    p('{{body}}', justified),
    p('{{/body}}'),
    p('{{#any members}}'),
    p(say('Будзем рады вітаць:', 'Будем рады приветствовать:', 'We shall be glad to welcome:'), {
      ...justified,
      keep: true,
    }),
    p('{{#members}}'),
    p('{{no}}.\t**{{name}}**{{#title}}, {{title}}{{/title}}', {
      left: 20,
      hanging: 7.5,
      tabs: [[20, 'left']],
      after: 3,
    }),
    p('{{/members}}'),
    p('{{/any members}}'),
    p('{{#any topics}}'),
    p(say('Прапануем абмеркаваць:', 'Предлагаем обсудить:', 'We propose to discuss:'), {
      ...justified,
      before: 6,
      keep: true,
    }),
    p('{{#topics}}'),
    p('–\t{{topic}}', { left: 20, hanging: 7.5, tabs: [[20, 'left']], after: 3 }),
    p('{{/topics}}'),
    p('{{/any topics}}'),
    p('{{#any financing}}'),
    p(
      say(
        'Выдаткі размяркоўваюцца наступным чынам:',
        'Расходы распределяются следующим образом:',
        'Expenses are shared as follows:',
      ),
      { ...justified, before: 6, keep: true },
    ),
    table({ widths: [100, 70], rows: [['{{#financing}}{{line}}', '{{payer}}{{/financing}}']] }),
    p('', { after: 4 }),
    p('{{/any financing}}'),
    p(
      say(
        '{{#replyBy}}Ваш адказ просім даслаць да {{replyBy}} — {{/replyBy}}{{#not replyBy}}З нашага боку {{/not replyBy}}мы гатовы садзейнічаць у атрыманні візаў і ў арганізацыі знаходжання.',
        '{{#replyBy}}Ваш ответ просим направить до {{replyBy}} — {{/replyBy}}{{#not replyBy}}С нашей стороны {{/not replyBy}}мы готовы содействовать в получении виз и в организации пребывания.',
        '{{#replyBy}}We should be grateful for your reply by {{replyBy}}. {{/replyBy}}We are ready to help with visas and with the arrangements of the stay.',
      ),
      justified,
    ),
    p(say('З павагай', 'С уважением', 'Yours sincerely,'), { before: 6, after: 0, indent: 12.5, keep: true }),
  ]);
}

export function thankYouLetter(locale) {
  const say = in_(locale);
  return letter(locale, say('Пісьмо падзякі', 'Благодарственное письмо', 'Letter of thanks'), [
    p('', { after: 10 }),
    p('{{#salutation}}'),
    p('{{salutation}}', { align: 'center', after: 10 }),
    p('{{/salutation}}'),
    p(
      say(
        'Ад імя {{hostName}} шчыра дзякуем за візіт{{#visitDates}} {{visitDates}}{{/visitDates}} і за змястоўныя сустрэчы ў Мінску.',
        'От имени {{hostName}} сердечно благодарим за визит{{#visitDates}} {{visitDates}}{{/visitDates}} и за содержательные встречи в Минске.',
        'On behalf of {{hostName}} we thank you warmly for your visit{{#visitDates}}, {{visitDates}},{{/visitDates}} and for the fruitful meetings in Minsk.',
      ),
      justified,
    ),
    p('{{#body}}'),
    p('{{body}}', justified),
    p('{{/body}}'),
    p('{{#any commitments}}'),
    p(say('Мы дамовіліся пра наступнае:', 'Мы договорились о следующем:', 'We agreed on the following:'), {
      ...justified,
      keep: true,
    }),
    p('{{#commitments}}'),
    p('–\t{{text}}{{#owner}} ({{owner}}{{#due}}, {{due}}{{/due}}){{/owner}}', {
      left: 20,
      hanging: 7.5,
      tabs: [[20, 'left']],
      after: 3,
    }),
    p('{{/commitments}}'),
    p('{{/any commitments}}'),
    p('{{#photos}}'),
    p(
      say(
        'Дасылаем фотаздымкі, зробленыя падчас візіту.',
        'Направляем фотографии, сделанные во время визита.',
        'Please find enclosed the photographs taken during the visit.',
      ),
      justified,
    ),
    p('{{/photos}}'),
    p(
      say(
        'Спадзяёмся на далейшае супрацоўніцтва.',
        'Надеемся на дальнейшее сотрудничество.',
        'We look forward to our further cooperation.',
      ),
      justified,
    ),
    p(say('З павагай', 'С уважением', 'Yours sincerely,'), { before: 6, after: 0, indent: 12.5, keep: true }),
  ]);
}

/** In the third person, without a signature: the stamp stands in its place. */
export function noteVerbale(locale) {
  const say = in_(locale);
  const description = letter(locale, say('Вербальная нота', 'Вербальная нота', 'Note verbale'), []);
  return {
    ...description,
    firstFooter: [p('', { style: 'Small' })],
    body: [
      p('№ {{number}}', { after: 14 }),
      p(
        say(
          '{{hostName}} сведчыць сваю павагу {{mission}} і{{#theirNumber}} ў адказ на ноту № {{theirNumber}}{{#theirDate}} ад {{theirDate}}{{/theirDate}}{{/theirNumber}} мае гонар паведаміць наступнае.',
          '{{hostName}} свидетельствует своё уважение {{mission}} и{{#theirNumber}} в ответ на ноту № {{theirNumber}}{{#theirDate}} от {{theirDate}}{{/theirDate}}{{/theirNumber}} имеет честь сообщить следующее.',
          '{{hostName}} presents its compliments to {{mission}} and{{#theirNumber}}, in reply to its note No {{theirNumber}}{{#theirDate}} of {{theirDate}}{{/theirDate}},{{/theirNumber}} has the honour to inform it of the following.',
        ),
        justified,
      ),
      p('{{body}}', justified),
      p(
        say(
          '{{hostName}} карыстаецца нагодай, каб аднавіць {{mission}} запэўненні ў сваёй высокай павазе.',
          '{{hostName}} пользуется случаем, чтобы возобновить {{mission}} уверения в своём высоком уважении.',
          '{{hostName}} avails itself of this opportunity to renew to {{mission}} the assurances of its highest consideration.',
        ),
        { ...justified, before: 6 },
      ),
      p('{{date}}', { before: 18, after: 4, align: 'right' }),
      p(say('М. П.', 'М. П.', 'L. S.'), { after: 30, color: '5F6368' }),
      p('{{addressee}}', { before: 20 }),
      p('{{#missionCity}}{{missionCity}}{{/missionCity}}', { after: 0 }),
    ],
  };
}
