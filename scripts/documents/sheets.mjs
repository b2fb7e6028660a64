// Sheets: lists, programmes and orders that are printed for a visit. The same look for all: title, what it is about, the
// table, and at the foot of every page of what it is, who made it and when.
import { p, table } from './docx.mjs';
import { anyOf, facts, gap, in_, listed, only, SECOND, sheet } from './sheet-parts.mjs';

export function programmeGuest(locale) {
  const say = in_(locale);
  const other = in_(SECOND[locale]);
  const title = (one) => one('Праграма знаходжання', 'Программа пребывания', 'Programme of stay');
  const columns = (one) => one('Праграма', 'Программа', 'Programme');
  const cell = (suffix) =>
    `**{{title${suffix}}}**{{#place${suffix}}}\n{{place${suffix}}}{{/place${suffix}}}{{#people${suffix}}}\n__{{people${suffix}}}__{{/people${suffix}}}`;
  const document = sheet(
    locale,
    title(say),
    [
      p('{{#days}}'),
      p('{{day}}{{#daySecond}}  ·  {{daySecond}}{{/daySecond}}', { style: 'Heading1' }),
      table({
        widths: [24, 66, 66, 18],
        rows: [
          {
            head: true,
            cells: [say('Час', 'Время', 'Time'), columns(say), columns(other), say('Мова', 'Язык', 'Lang.')],
          },
          {
            cells: [
              { content: ['{{#items}}{{time}}'], bold: true },
              { content: [cell('')] },
              { content: [cell('Second')] },
              { content: ['{{language}}{{/items}}'] },
            ],
          },
        ],
      }),
      p('{{/days}}'),
      gap(8),
      p(
        say(
          'Час мясцовы{{#zone}}: {{zone}}{{/zone}}{{#zoneSecond}} / {{zoneSecond}}{{/zoneSecond}}.{{#edition}} Рэдакцыя: {{edition}}.{{/edition}}',
          'Время местное{{#zone}}: {{zone}}{{/zone}}{{#zoneSecond}} / {{zoneSecond}}{{/zoneSecond}}.{{#edition}} Редакция: {{edition}}.{{/edition}}',
          'Times are local{{#zone}}: {{zone}}{{/zone}}{{#zoneSecond}} / {{zoneSecond}}{{/zoneSecond}}.{{#edition}} Edition: {{edition}}.{{/edition}}',
        ),
        { style: 'Small' },
      ),
      p(
        say(
          '{{#contactName}}Кантакт: {{contactName}}{{#contactPhone}}, {{contactPhone}}{{/contactPhone}}{{/contactName}}',
          '{{#contactName}}Контакт: {{contactName}}{{#contactPhone}}, {{contactPhone}}{{/contactPhone}}{{/contactName}}',
          '{{#contactName}}Contact: {{contactName}}{{#contactPhone}}, {{contactPhone}}{{/contactPhone}}{{/contactName}}',
        ),
        { style: 'Small' },
      ),
    ],
    {
      subtitle:
        '{{visitTitle}}{{#visitTitleSecond}}\n{{visitTitleSecond}}{{/visitTitleSecond}}{{#visitDates}}\n{{visitDates}}{{/visitDates}}',
    },
  );
  document.body.splice(2, 0, p(title(other), { align: 'left', size: 12, color: '5F6368', after: 8 }));
  return document;
}

export function programmeInternal(locale) {
  const say = in_(locale);
  return sheet(
    locale,
    say(
      'Праграма знаходжання — для супрацоўнікаў',
      'Программа пребывания — для сотрудников',
      'Programme of stay — for staff',
    ),
    [
      p(
        say(
          'Не для гасцей.{{#edition}} Рэдакцыя: {{edition}}.{{/edition}}{{#responsible}} Адказная асоба: {{responsible}}{{#responsiblePhone}}, {{responsiblePhone}}{{/responsiblePhone}}.{{/responsible}}',
          'Не для гостей.{{#edition}} Редакция: {{edition}}.{{/edition}}{{#responsible}} Ответственное лицо: {{responsible}}{{#responsiblePhone}}, {{responsiblePhone}}{{/responsiblePhone}}.{{/responsible}}',
          'Not for guests.{{#edition}} Edition: {{edition}}.{{/edition}}{{#responsible}} Responsible: {{responsible}}{{#responsiblePhone}}, {{responsiblePhone}}{{/responsiblePhone}}.{{/responsible}}',
        ),
        { style: 'Small' },
      ),
      p('{{#days}}'),
      p('{{day}}', { style: 'Heading1' }),
      listed('items', [
        [say('Час', 'Время', 'Time'), 26, '{{time}}', { bold: true }],
        [
          say('Мерапрыемства, месца', 'Мероприятие, место', 'Item, place'),
          72,
          '**{{title}}**{{#place}}\n{{place}}{{/place}}',
        ],
        [
          say('Удзельнікі, мова', 'Участники, язык', 'People, language'),
          50,
          '{{people}}{{#language}}\n__{{language}}__{{/language}}',
        ],
        [say('Адказны', 'Ответственный', 'Owner'), 40, '{{owner}}{{#phone}}\n{{phone}}{{/phone}}'],
        [say('Транспарт', 'Транспорт', 'Cars'), 29, '{{cars}}'],
        [say('Заўвагі, план Б', 'Заметки, план Б', 'Notes, plan B'), 44, '{{note}}{{#planB}}\n__{{planB}}__{{/planB}}'],
      ]),
      p('{{/days}}'),
      gap(),
      p(
        say(
          'Час мясцовы{{#zone}}: {{zone}}{{/zone}}.',
          'Время местное{{#zone}}: {{zone}}{{/zone}}.',
          'Times are local{{#zone}}: {{zone}}{{/zone}}.',
        ),
        { style: 'Small' },
      ),
    ],
    { landscape: true },
  );
}

export function changeSheet(locale) {
  const say = in_(locale);
  return sheet(
    locale,
    say('Ліст зменаў № {{sheetNumber}}', 'Лист изменений № {{sheetNumber}}', 'Change sheet No {{sheetNumber}}'),
    [
      p(
        say(
          'Змены ў праграме{{#previousEdition}} з рэдакцыі «{{previousEdition}}»{{/previousEdition}}{{#edition}} да рэдакцыі «{{edition}}»{{/edition}}. Усё астатняе застаецца без змен.',
          'Изменения в программе{{#previousEdition}} с редакции «{{previousEdition}}»{{/previousEdition}}{{#edition}} до редакции «{{edition}}»{{/edition}}. Всё остальное остаётся без изменений.',
          'Changes to the programme{{#previousEdition}} from edition “{{previousEdition}}”{{/previousEdition}}{{#edition}} to edition “{{edition}}”{{/edition}}. Everything else stays as it was.',
        ),
        { after: 10 },
      ),
      listed('changes', [
        [say('Дзень', 'День', 'Day'), 36, '{{day}}'],
        [say('Што', 'Что', 'What'), 50, '**{{what}}**'],
        [say('Было', 'Было', 'Was'), 42, '{{was}}'],
        [say('Стала', 'Стало', 'Now'), 46, '**{{now}}**'],
      ]),
      gap(),
      ...anyOf(
        'inform',
        p(say('Каго паінфармаваць', 'Кого проинформировать', 'Who must be told'), { style: 'Heading1' }),
        listed('inform', [
          ['☐', 10, '☐', { align: 'center', size: 12 }],
          [say('Хто', 'Кто', 'Who'), 70, '{{name}}'],
          [say('Кантакт', 'Контакт', 'Contact'), 50, '{{contact}}'],
          [say('Паведамлена', 'Сообщено', 'Told'), 44, '{{told}}'],
        ]),
        gap(2),
      ),
    ],
  );
}

export function runSheet(locale) {
  const say = in_(locale);
  return sheet(
    locale,
    say('Пакрокавы план', 'Пошаговый план', 'Run sheet'),
    [
      listed(
        'items',
        [
          ['', 9, '☐', { align: 'center', size: 13 }],
          [say('Час', 'Время', 'Time'), 29, '{{time}}', { bold: true, size: 10.5 }],
          [say('Што адбываецца', 'Что происходит', 'What happens'), 59, '**{{what}}**{{#place}}\n{{place}}{{/place}}'],
          [
            say('Адказны, тэлефон', 'Ответственный, телефон', 'Owner, phone'),
            42,
            '{{owner}}{{#phone}}\n{{phone}}{{/phone}}',
          ],
          [say('Заўвагі', 'Заметки', 'Notes'), 35, '{{note}}'],
        ],
        { height: 11 },
      ),
      gap(),
      ...anyOf(
        'phones',
        p(say('Тэлефоны', 'Телефоны', 'Telephones'), { style: 'Heading1' }),
        listed('phones', [
          [say('Хто', 'Кто', 'Who'), 70, '{{name}}'],
          [say('Роля', 'Роль', 'Role'), 60, '{{role}}'],
          [say('Тэлефон', 'Телефон', 'Telephone'), 44, '{{phone}}', { bold: true }],
        ]),
        gap(2),
      ),
    ],
    {
      subtitle:
        '{{visitTitle}}{{#day}} · {{day}}{{/day}}{{#edition}} · {{edition}}{{/edition}}{{#responsible}}\n{{responsible}}{{#responsiblePhone}}, {{responsiblePhone}}{{/responsiblePhone}}{{/responsible}}',
    },
  );
}

export function packContents(locale) {
  const say = in_(locale);
  return sheet(locale, say('Камплект дакументаў', 'Комплект документов', 'Pack of documents'), [
    ...anyOf(
      'warnings',
      p(say('Увага', 'Внимание', 'Please note'), { style: 'Heading1' }),
      p('{{#warnings}}'),
      p('–\t{{warning}}', { left: 6, hanging: 6, tabs: [[6, 'left']], after: 3 }),
      p('{{/warnings}}'),
      gap(4),
    ),
    listed('files', [
      ['№', 11, '{{no}}'],
      [say('Дакумент', 'Документ', 'Document'), 86, '**{{title}}**{{#note}}\n__{{note}}__{{/note}}'],
      [say('Каму', 'Кому', 'For'), 33, '{{reader}}', { size: 9.5 }],
      [say('Файл', 'Файл', 'File'), 44, '{{filename}}', { size: 7.5, color: '5F6368' }],
    ]),
    gap(),
    ...anyOf(
      'missing',
      p(say('Чаго няма і чаму', 'Чего нет и почему', 'What is missing, and why'), { style: 'Heading1' }),
      listed('missing', [
        [say('Дакумент', 'Документ', 'Document'), 74, '{{title}}'],
        [say('Чаму', 'Почему', 'Why'), 100, '{{why}}'],
      ]),
      gap(4),
    ),
    p(
      say(
        'Усё раздрукавана з рэдакцыі праграмы{{#edition}} «{{edition}}»{{/edition}}. Калі праграма зменіцца, дзейнічаюць гэты камплект і лісты зменаў да яго.',
        'Всё напечатано с редакции программы{{#edition}} «{{edition}}»{{/edition}}. Если программа изменится, действуют этот комплект и листы изменений к нему.',
        'Everything is printed from the edition of the programme{{#edition}} “{{edition}}”{{/edition}}. When the programme changes, this pack holds together with its change sheets.',
      ),
      { style: 'Small' },
    ),
  ]);
}

export function delegationList(locale) {
  const say = in_(locale);
  const other = in_(SECOND[locale]);
  const title = (one) => one('Склад дэлегацыі', 'Состав делегации', 'Delegation');
  const head = (one) => one('Імя, пасада', 'Имя, должность', 'Name, title');
  const document = sheet(
    locale,
    title(say),
    [
      listed('members', [
        ['№', 10, '{{no}}'],
        [
          head(say),
          76,
          '{{#courtesy}}{{courtesy}}\n{{/courtesy}}**{{name}}**{{#title}}\n{{title}}{{/title}}{{#institution}}\n{{institution}}{{/institution}}',
        ],
        [
          head(other),
          58,
          '{{#nameSecond}}**{{nameSecond}}**{{/nameSecond}}{{#titleSecond}}\n{{titleSecond}}{{/titleSecond}}{{#nameOriginal}}\n{{nameOriginal}}{{/nameOriginal}}',
        ],
        [say('Роля', 'Роль', 'Role'), 30, '{{role}}', { size: 9 }],
      ]),
      gap(),
      p(
        say(
          'У парадку, вызначаным дэлегацыяй.',
          'В порядке, определённом делегацией.',
          'In the order given by the delegation.',
        ),
        { style: 'Small' },
      ),
    ],
    {
      subtitle:
        '{{#guestInstitution}}{{guestInstitution}}{{/guestInstitution}}{{#guestCountry}}, {{guestCountry}}{{/guestCountry}}{{#guestInstitutionSecond}}\n{{guestInstitutionSecond}}{{/guestInstitutionSecond}}{{#visitDates}}\n{{visitDates}}{{/visitDates}}',
    },
  );
  document.body.splice(2, 0, p(title(other), { size: 12, color: '5F6368', after: 8 }));
  return document;
}

export function passList(locale) {
  const say = in_(locale);
  return sheet(
    locale,
    say('Спіс на пропуск', 'Список на пропуск', 'Pass list'),
    [
      facts([
        [say('Уваход', 'Вход', 'Entrance'), '{{entrance}}', 'entrance'],
        [
          say('Суправаджае', 'Сопровождает', 'Escort'),
          '**{{escort}}**{{#escortPhone}}, {{escortPhone}}{{/escortPhone}}',
          'escort',
        ],
      ]),
      gap(3),
      p('{{#withNumbers}}'),
      listed('people', [
        ['№', 10, '{{no}}'],
        [say('Імя', 'Имя', 'Name'), 62, '**{{name}}**'],
        [say('Установа', 'Учреждение', 'Institution'), 46, '{{institution}}'],
        [say('Дакумент', 'Документ', 'Document'), 34, '{{documentNumber}}'],
        [say('Час', 'Время', 'Time'), 22, '{{time}}'],
      ]),
      gap(2),
      p('{{/withNumbers}}'),
      p('{{#not withNumbers}}'),
      listed('people', [
        ['№', 10, '{{no}}'],
        [say('Імя', 'Имя', 'Name'), 76, '**{{name}}**'],
        [say('Установа', 'Учреждение', 'Institution'), 66, '{{institution}}'],
        [say('Час', 'Время', 'Time'), 22, '{{time}}'],
      ]),
      gap(2),
      p('{{/not withNumbers}}'),
      ...anyOf(
        'vehicles',
        p(say('Аўтамабілі', 'Автомобили', 'Vehicles'), { style: 'Heading1' }),
        listed('vehicles', [
          [say('Нумар', 'Номер', 'Plate'), 40, '{{plate}}', { bold: true }],
          [say('Марка', 'Марка', 'Model'), 50, '{{model}}'],
          [say('Кіроўца', 'Водитель', 'Driver'), 62, '{{driver}}'],
          [say('Час', 'Время', 'Time'), 22, '{{time}}'],
        ]),
        gap(2),
      ),
      p(
        say(
          'Ліст дзейнічае на адзін дзень і пасля яго знішчаецца.',
          'Лист действует один день и после него уничтожается.',
          'Valid for one day; to be destroyed afterwards.',
        ),
        { style: 'Small', before: 8 },
      ),
    ],
    { subtitle: '{{visitTitle}}{{#day}} · {{day}}{{/day}}' },
  );
}

export function transportSheet(locale) {
  const say = in_(locale);
  return sheet(
    locale,
    say('Транспарт', 'Транспорт', 'Transport sheet'),
    [
      facts(
        [
          [say('Аўтамабіль', 'Автомобиль', 'Car'), '**{{car}}**', 'car'],
          [
            say('Кіроўца', 'Водитель', 'Driver'),
            '{{driver}}{{#driverPhone}}, {{driverPhone}}{{/driverPhone}}',
            'driver',
          ],
          [
            say('Адказная асоба', 'Ответственное лицо', 'Responsible'),
            '{{responsible}}{{#responsiblePhone}}, {{responsiblePhone}}{{/responsiblePhone}}',
            'responsible',
          ],
        ],
        [46, 215],
      ),
      gap(3),
      listed('legs', [
        [say('Час', 'Время', 'Time'), 32, '{{#day}}{{day}}\n{{/day}}**{{time}}**{{#zone}}\n{{zone}}{{/zone}}'],
        [
          say('Адкуль — куды', 'Откуда — куда', 'From — to'),
          66,
          '**{{from}}**\n→ **{{to}}**{{#flight}}\n{{flight}}{{/flight}}',
        ],
        [say('Хто едзе', 'Кто едет', 'Who'), 56, '{{persons}}{{#count}}\n__{{count}}__{{/count}}'],
        [
          say('Шыльда, сустракае', 'Табличка, встречает', 'Sign, greeter'),
          50,
          '{{#sign}}«{{sign}}»\n{{/sign}}{{greeter}}{{#greeterPhone}}\n{{greeterPhone}}{{/greeterPhone}}',
        ],
        [
          say('Машына, багаж, заўвагі', 'Машина, багаж, заметки', 'Car, luggage, notes'),
          57,
          '{{#car}}{{car}}\n{{/car}}{{#driver}}{{driver}}\n{{/driver}}{{#luggage}}{{luggage}}\n{{/luggage}}{{note}}',
        ],
      ]),
    ],
    { landscape: true, subtitle: '{{visitTitle}}{{#day}} · {{day}}{{/day}}' },
  );
}

export function roomingList(locale) {
  const say = in_(locale);
  return sheet(
    locale,
    say('Спіс размяшчэння', 'Список размещения', 'Rooming list'),
    [
      listed('rooms', [
        ['№', 12, '{{no}}'],
        [say('Госць', 'Гость', 'Guest'), 74, '**{{name}}**'],
        [say('Нумар', 'Номер', 'Room'), 40, '{{roomType}}'],
        [say('Заезд', 'Заезд', 'Arrives'), 34, '{{arrives}}'],
        [say('Выезд', 'Выезд', 'Departs'), 34, '{{departs}}'],
        [say('Начэй', 'Ночей', 'Nights'), 17, '{{nights}}', { align: 'center' }],
        [say('Плаціць', 'Платит', 'Payer'), 50, '{{payer}}{{#note}}\n__{{note}}__{{/note}}'],
      ]),
      gap(),
      p(
        say(
          '{{#total}}Усяго: {{total}}. {{/total}}{{#contactName}}Кантакт: {{contactName}}{{#contactPhone}}, {{contactPhone}}{{/contactPhone}}.{{/contactName}}',
          '{{#total}}Всего: {{total}}. {{/total}}{{#contactName}}Контакт: {{contactName}}{{#contactPhone}}, {{contactPhone}}{{/contactPhone}}.{{/contactName}}',
          '{{#total}}Total: {{total}}. {{/total}}{{#contactName}}Contact: {{contactName}}{{#contactPhone}}, {{contactPhone}}{{/contactPhone}}.{{/contactName}}',
        ),
      ),
    ],
    { landscape: true, subtitle: '{{hotel}}{{#dates}} · {{dates}}{{/dates}}' },
  );
}

export function cateringOrder(locale) {
  const say = in_(locale);
  return sheet(
    locale,
    say('Заяўка на харчаванне', 'Заявка на питание', 'Catering order'),
    [
      p('{{#meals}}'),
      p('{{day}}, {{time}}{{#event}} — {{event}}{{/event}}', { style: 'Heading1' }),
      table({
        widths: [58, 116],
        rows: [
          [
            { content: [say('Колькасць гасцей', 'Число гостей', 'Guests')], style: 'FormLabel' },
            { content: ['**{{headcount}}**'], style: 'FormValue', size: 14 },
          ],
          [
            { content: [`{{#place}}${say('Месца', 'Место', 'Place')}`], style: 'FormLabel' },
            { content: ['{{place}}{{/place}}'], style: 'FormValue' },
          ],
          [
            { content: [`{{#serving}}${say('Падача', 'Подача', 'Serving')}`], style: 'FormLabel' },
            { content: ['{{serving}}{{/serving}}'], style: 'FormValue' },
          ],
          [
            { content: [`{{#menu}}${say('Меню', 'Меню', 'Menu')}`], style: 'FormLabel' },
            { content: ['{{menu}}{{/menu}}'], style: 'FormValue' },
          ],
          [
            { content: [`{{#any diets}}${say('Дыеты', 'Диеты', 'Diets')}`], style: 'FormLabel' },
            {
              content: [
                p('{{#diets}}', { style: 'FormValue' }),
                p('{{diet}}: **{{count}}**', { style: 'FormValue' }),
                p('{{/diets}}', { style: 'FormValue' }),
                p('{{/any diets}}', { style: 'FormValue', size: 2 }),
              ],
            },
          ],
          [
            {
              content: [`{{#any plated}}${say('Асобна падаць', 'Подать отдельно', 'Plated separately')}`],
              style: 'FormLabel',
            },
            {
              content: [
                p('{{#plated}}', { style: 'FormValue' }),
                p('**{{name}}**{{#seat}} ({{seat}}){{/seat}}: {{allergy}}', { style: 'FormValue' }),
                p('{{/plated}}', { style: 'FormValue' }),
                p('{{/any plated}}', { style: 'FormValue', size: 2 }),
              ],
            },
          ],
          [
            { content: [`{{#note}}${say('Заўвага', 'Примечание', 'Note')}`], style: 'FormLabel' },
            { content: ['{{note}}{{/note}}'], style: 'FormValue' },
          ],
        ],
      }),
      p('{{/meals}}'),
      gap(),
      p(
        say(
          '{{#listAsOf}}Паводле спіса на {{listAsOf}}. {{/listAsOf}}{{#contactName}}Кантакт: {{contactName}}{{#contactPhone}}, {{contactPhone}}{{/contactPhone}}.{{/contactName}}',
          '{{#listAsOf}}По списку на {{listAsOf}}. {{/listAsOf}}{{#contactName}}Контакт: {{contactName}}{{#contactPhone}}, {{contactPhone}}{{/contactPhone}}.{{/contactName}}',
          '{{#listAsOf}}According to the list of {{listAsOf}}. {{/listAsOf}}{{#contactName}}Contact: {{contactName}}{{#contactPhone}}, {{contactPhone}}{{/contactPhone}}.{{/contactName}}',
        ),
        { style: 'Small' },
      ),
    ],
    { subtitle: '{{#caterer}}{{caterer}} · {{/caterer}}{{visitTitle}}' },
  );
}

export function giftSheet(locale) {
  const say = in_(locale);
  const gifts = (name, last) =>
    listed(name, [
      ['№', 12, '{{no}}'],
      [say('Падарунак', 'Подарок', 'Gift'), 78, '**{{item}}**{{#occasion}}\n{{occasion}}{{/occasion}}'],
      [say('Ад каго', 'От кого', 'From'), 56, '{{from}}'],
      [say('Каму', 'Кому', 'To'), 56, '{{to}}'],
      [say('Кошт', 'Стоимость', 'Value'), last ? 25 : 59, '{{value}}'],
      ...(last ? [[say('Дзе захоўваецца', 'Где хранится', 'Kept at'), 34, '{{kept}}']] : []),
    ]);
  return sheet(
    locale,
    say('Падарункі', 'Подарки', 'Gifts'),
    [
      ...anyOf('given', p(say('Мы дорым', 'Мы дарим', 'Given'), { style: 'Heading1' }), gifts('given', false), gap(2)),
      ...anyOf(
        'received',
        p(say('Мы атрымалі', 'Мы получили', 'Received'), { style: 'Heading1' }),
        gifts('received', true),
        gap(2),
      ),
    ],
    { landscape: true },
  );
}

export function visitReport(locale) {
  const say = in_(locale);
  const heading = (...words) => p(say(...words), { style: 'Heading1' });
  return sheet(locale, say('Справаздача аб візіце', 'Отчёт о визите', 'Visit report'), [
    facts([
      [
        say('Госці', 'Гости', 'Guests'),
        '{{guestInstitution}}{{#guestCountry}}, {{guestCountry}}{{/guestCountry}}',
        'guestInstitution',
      ],
      [say('Даты', 'Даты', 'Dates'), '{{visitDates}}', 'visitDates'],
      [say('Мэта', 'Цель', 'Purpose'), '{{purpose}}', 'purpose'],
    ]),
    ...anyOf(
      'members',
      heading('Склад дэлегацыі', 'Состав делегации', 'Delegation'),
      listed('members', [
        ['№', 12, '{{no}}'],
        [say('Імя', 'Имя', 'Name'), 70, '**{{name}}**'],
        [say('Пасада', 'Должность', 'Title'), 92, '{{title}}'],
      ]),
      gap(2),
    ),
    ...anyOf(
      'meetings',
      heading('Сустрэчы', 'Встречи', 'Meetings'),
      listed('meetings', [
        [say('Калі', 'Когда', 'When'), 34, '{{day}}{{#time}}\n{{time}}{{/time}}'],
        [say('Што', 'Что', 'What'), 66, '**{{title}}**{{#people}}\n__{{people}}__{{/people}}'],
        [say('Вынік', 'Итог', 'Outcome'), 74, '{{outcome}}'],
      ]),
      gap(2),
    ),
    ...only('results', heading('Вынікі', 'Результаты', 'Results'), p('{{results}}')),
    ...anyOf(
      'incidents',
      heading('Што пайшло не так', 'Что пошло не так', 'What went otherwise'),
      listed('incidents', [
        [say('Калі', 'Когда', 'When'), 40, '{{time}}'],
        [say('Што', 'Что', 'What'), 84, '{{what}}'],
        [say('Хто', 'Кто', 'Who'), 50, '{{who}}'],
      ]),
      gap(2),
    ),
    ...anyOf(
      'commitments',
      heading('Дамоўленасці', 'Договорённости', 'Commitments'),
      listed('commitments', [
        [say('Што', 'Что', 'What'), 96, '{{text}}'],
        [say('Хто', 'Кто', 'Who'), 44, '{{owner}}'],
        [say('Да', 'До', 'Due'), 34, '{{due}}'],
      ]),
      gap(2),
    ),
    ...anyOf(
      'costs',
      heading('Выдаткі', 'Расходы', 'Costs'),
      listed('costs', [
        [say('Артыкул', 'Статья', 'Line'), 94, '{{line}}'],
        [say('Планавалася', 'Планировалось', 'Planned'), 40, '{{planned}}', { align: 'right' }],
        [say('Выдаткавана', 'Израсходовано', 'Spent'), 40, '{{spent}}', { align: 'right' }],
      ]),
      gap(2),
    ),
    ...only('lessons', heading('Вопыт на будучыню', 'Опыт на будущее', 'Lessons learned'), p('{{lessons}}')),
    gap(10),
    table({
      look: 'none',
      padding: 0,
      widths: [110, 64],
      rows: [
        [
          { content: ['{{signatoryTitle}}'] },
          { content: ['{{signatoryName}}{{#date}}\n{{date}}{{/date}}'], align: 'right' },
        ],
      ],
    }),
  ]);
}

export function flagList(locale) {
  const say = in_(locale);
  return sheet(locale, say('Сцягі', 'Флаги', 'Flags'), [
    p(
      say(
        'Сцяг прымаючага боку стаіць на ганаровым месцы: калі глядзець на сцягі, злева. Астатнія — паводле {{alphabet}}. Памеры аднолькавыя.',
        'Флаг принимающей стороны стоит на почётном месте: если смотреть на флаги, слева. Остальные — по {{alphabet}}. Размеры одинаковые.',
        'The flag of the host has the place of honour: on the left as one faces the flags. The others follow by {{alphabet}}. All are of one size.',
      ),
      { after: 8 },
    ),
    listed('flags', [
      [say('Месца', 'Место', 'Place'), 17, '{{no}}', { align: 'center', bold: true, size: 12 }],
      [
        say('Краіна', 'Страна', 'Country'),
        82,
        '**{{country}}**{{#countrySecond}} / {{countrySecond}}{{/countrySecond}}{{#official}}\n{{official}}{{/official}}',
      ],
      [say('Праверыць', 'Проверить', 'To be checked'), 57, '{{warning}}'],
      ['', 18, '☐', { align: 'center', size: 13 }],
    ]),
    gap(),
    ...anyOf(
      'places',
      p(say('Дзе патрэбны', 'Где нужны', 'Where they are needed'), { style: 'Heading1' }),
      listed('places', [
        [say('Калі', 'Когда', 'When'), 44, '{{day}}\n**{{time}}**'],
        [say('Падзея, месца', 'Событие, место', 'Event, place'), 80, '**{{title}}**{{#place}}\n{{place}}{{/place}}'],
        [say('Сцягі', 'Флаги', 'Flags'), 50, '{{what}}'],
      ]),
      gap(4),
    ),
    p(
      say(
        'Перад пачаткам: сцяг не перавернуты, новы, чысты, без заломаў.',
        'Перед началом: флаг не перевёрнут, новый, чистый, без заломов.',
        'Before it begins: the right way up, new, clean, without creases.',
      ),
      { style: 'Small', before: 6 },
    ),
  ]);
}

export function pressList(locale) {
  const say = in_(locale);
  const named = (name) =>
    p(`{{#${name}}}`) + p('**{{name}}**{{#title}}, {{title}}{{/title}}', { after: 2 }) + p(`{{/${name}}}`);
  return sheet(locale, say('Спіс прэсы', 'Список прессы', 'Press list'), [
    facts([
      [say('Парадак', 'Порядок', 'Policy'), '**{{policy}}**', 'policy'],
      [
        say('Кантакт', 'Контакт', 'Contact'),
        '{{contactName}}{{#contactPhone}}, {{contactPhone}}{{/contactPhone}}',
        'contactName',
      ],
    ]),
    gap(4),
    ...anyOf(
      'accredited',
      p(say('Акрэдытаваныя', 'Аккредитованы', 'Accredited'), { style: 'Heading1' }),
      listed('accredited', [
        ['№', 12, '{{no}}'],
        [say('Імя', 'Имя', 'Name'), 66, '**{{name}}**{{#title}}\n{{title}}{{/title}}'],
        [say('Выданне, установа', 'Издание, учреждение', 'Outlet, institution'), 78, '{{institution}}'],
        ['', 18, '☐', { align: 'center', size: 13 }],
      ]),
      gap(2),
    ),
    ...anyOf(
      'moments',
      p(say('Калі і дзе', 'Когда и где', 'When and where'), { style: 'Heading1' }),
      listed('moments', [
        [say('Калі', 'Когда', 'When'), 44, '{{day}}\n**{{time}}**'],
        [say('Падзея', 'Событие', 'Event'), 70, '{{title}}'],
        [say('Месца', 'Место', 'Place'), 60, '{{place}}'],
      ]),
      gap(2),
    ),
    ...anyOf(
      'refused',
      p(say('Не фатаграфаваць', 'Не фотографировать', 'No photographs of'), { style: 'Heading1' }),
      named('refused'),
    ),
    ...anyOf(
      'unasked',
      p(
        say(
          'Згода на здымку яшчэ не атрымана',
          'Согласие на съёмку ещё не получено',
          'Consent to photographs not given yet',
        ),
        {
          style: 'Heading1',
        },
      ),
      named('unasked'),
    ),
  ]);
}
