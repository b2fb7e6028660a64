// Sheets: lists, programmes and orders that are printed for a visit. The same look for all: title, what it is about, the
// table, and at the foot of every page of what it is, who made it and when.
import { p, PAGE, PAGES, table } from './docx.mjs';

const in_ = (locale) => (be, ru, en) => ({ be, ru, en })[locale];
/** The language beside the first one of a bilingual document. */
const SECOND = { be: 'en', ru: 'en', en: 'be' };

function footer(locale) {
  const say = in_(locale);
  return [
    p(
      [
        say(
          '{{reference}}{{#madeBy}} · падрыхтавана: {{madeBy}}{{/madeBy}}{{#madeAt}}, {{madeAt}}{{/madeAt}}\t',
          '{{reference}}{{#madeBy}} · подготовлено: {{madeBy}}{{/madeBy}}{{#madeAt}}, {{madeAt}}{{/madeAt}}\t',
          '{{reference}}{{#madeBy}} · prepared by {{madeBy}}{{/madeBy}}{{#madeAt}}, {{madeAt}}{{/madeAt}}\t',
        ),
        PAGE,
        ' / ',
        PAGES,
      ],
      { style: 'Small', size: 8.5, color: '5F6368' },
    ),
  ];
}

const right = (width) => ({ tabs: [[width, 'right']] });

/** A sheet with its title and a line under it. */
function sheet(
  locale,
  title,
  body,
  { landscape = false, subtitle = '{{visitTitle}}{{#visitDates}} · {{visitDates}}{{/visitDates}}', house = true } = {},
) {
  const width = landscape ? 297 - 36 : 210 - 36;
  const [line] = footer(locale);
  return {
    locale,
    title,
    font: 'Arial',
    size: 10,
    page: { landscape, margins: [16, 18, 17, 18] },
    footer: [
      line.replace(
        '<w:pStyle w:val="Small"/>',
        `<w:pStyle w:val="Small"/><w:tabs><w:tab w:val="right" w:pos="${Math.round((width / 25.4) * 1440)}"/></w:tabs>`,
      ),
    ],
    body: [
      ...(house ? [p('{{hostName}}', { style: 'Small', after: 6 })] : []),
      p(title, { style: 'Title' }),
      p(subtitle, { style: 'Subtitle', rule: 'strong' }),
      ...body,
    ],
  };
}

/** A table with headings; `columns` are [heading, width in mm, cell, options]. */
function listed(name, columns, { numbered = true, height } = {}) {
  const cells = columns.map(([, , cell, options = {}], at) => {
    const begins = at === 0 ? `{{#${name}}}` : '';
    const ends = at === columns.length - 1 ? `{{/${name}}}` : '';
    return { content: [`${begins}${cell}${ends}`], ...options };
  });
  return table({
    widths: columns.map(([, width]) => width),
    rows: [
      {
        head: true,
        cells: columns.map(([heading, , , { align } = {}]) => ({ content: [heading], ...(align ? { align } : {}) })),
      },
      { cells, ...(height ? { height } : {}) },
    ],
  });
}

/** What stands only where there is something. */
const only = (name, ...content) => [p(`{{#${name}}}`), ...content, p(`{{/${name}}}`)];
const anyOf = (name, ...content) =>
  only(`any ${name}`, ...content).map((one, at, all) => (at === all.length - 1 ? p(`{{/any ${name}}}`) : one));
const gap = (points = 6) => p('', { after: 0, size: points, line: 1 });

/** Label and value beside each other, those with a value only. */
function facts(rows, widths = [46, 128]) {
  return table({
    widths,
    look: 'none',
    padding: 1,
    rows: rows.map(([label, value, name]) => [
      { content: [`{{#${name}}}${label}`], style: 'FormLabel' },
      { content: [`${value}{{/${name}}}`], style: 'FormValue' },
    ]),
  });
}

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
    listed('files', [
      ['№', 12, '{{no}}'],
      [say('Дакумент', 'Документ', 'Document'), 66, '**{{title}}**'],
      [say('Файл', 'Файл', 'File'), 60, '{{filename}}', { size: 9 }],
      [say('Заўвага', 'Примечание', 'Note'), 36, '{{note}}'],
    ]),
    gap(),
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

export function bothSides(locale) {
  const say = in_(locale);
  const other = in_(SECOND[locale]);
  const people = (name, suffix) => [
    p(`{{#${name}}}`),
    p(`**{{name${suffix}}}**{{#title${suffix}}}\n{{title${suffix}}}{{/title${suffix}}}`, {
      style: 'TableText',
      after: 6,
    }),
    p(`{{/${name}}}`),
  ];
  const side = (one, suffix) => ({
    host: { content: [p(`{{hostName${suffix}}}`, { style: 'TableHead' })] },
    guest: { content: [p(`{{guestInstitution${suffix}}}`, { style: 'TableHead' })] },
  });
  const columns = (first, second) =>
    table({ widths: [87, 87], look: 'grid', padding: 3, rows: [{ head: true, cells: first }, second] });
  const heading = (one) => one('Удзельнікі перамоваў', 'Участники переговоров', 'Participants of the talks');
  const { host, guest } = side(say, '');
  const { host: hostSecond, guest: guestSecond } = side(other, 'Second');
  const document = sheet(
    locale,
    heading(say),
    [
      columns([host, guest], [{ content: people('ours', '') }, { content: people('theirs', '') }]),
      gap(10),
      p(heading(other), { style: 'Heading1' }),
      p('{{meetingTitleSecond}}{{#placeSecond}} · {{placeSecond}}{{/placeSecond}}', {
        color: '5F6368',
        after: 6,
        keep: true,
      }),
      // Mirrored: each side finds itself on its own side of the table.
      columns(
        [guestSecond, hostSecond],
        [{ content: people('theirs', 'Second') }, { content: people('ours', 'Second') }],
      ),
    ],
    { subtitle: '{{meetingTitle}}{{#time}} · {{time}}{{/time}}{{#place}} · {{place}}{{/place}}' },
  );
  return document;
}

export function briefingNote(locale) {
  const say = in_(locale);
  const heading = (...words) => p(say(...words), { style: 'Heading1' });
  const points = (name, field = 'point') =>
    p(`{{#${name}}}`) +
    p(`–\t{{${field}}}`, { left: 6, hanging: 6, tabs: [[6, 'left']], after: 3 }) +
    p(`{{/${name}}}`);
  const section = (name, ...content) => anyOf(name, ...content);
  const document = sheet(
    locale,
    say('Даведка да сустрэчы', 'Справка к встрече', 'Briefing note'),
    [
      facts([
        [say('Для каго', 'Для кого', 'For'), '**{{principal}}**', 'principal'],
        [say('Калі', 'Когда', 'When'), '{{time}}', 'time'],
        [say('Дзе', 'Где', 'Where'), '{{place}}', 'place'],
        [say('Мова', 'Язык', 'Language'), '{{language}}', 'language'],
      ]),
      ...section('wants', heading('Чаго мы хочам', 'Чего мы хотим', 'What we want'), points('wants')),
      ...section(
        'facts',
        heading('Факты', 'Факты', 'Facts'),
        listed('facts', [
          [say('Дата', 'Дата', 'Date'), 34, '{{date}}'],
          [say('Факт', 'Факт', 'Fact'), 140, '{{fact}}'],
        ]),
        gap(2),
      ),
      ...only('lastMeeting', heading('Апошняя сустрэча', 'Последняя встреча', 'Last meeting'), p('{{lastMeeting}}')),
      ...section(
        'theirPoints',
        heading('Што, верагодна, скажуць яны', 'Что, вероятно, скажут они', 'What they will probably say'),
        points('theirPoints'),
      ),
      ...only('ourLine', heading('Наша пазіцыя', 'Наша позиция', 'Our line'), p('{{ourLine}}')),
      ...section(
        'sensitive',
        heading('Далікатныя пытанні', 'Деликатные вопросы', 'Sensitive points'),
        points('sensitive'),
      ),
      ...section(
        'agreements',
        heading('Дамоўленасці і іх выкананне', 'Договорённости и их исполнение', 'Agreements and their execution'),
        listed('agreements', [
          [say('Дакумент', 'Документ', 'Agreement'), 76, '**{{title}}**'],
          [say('Стан', 'Состояние', 'Standing'), 38, '{{standing}}'],
          [say('Выкананне', 'Исполнение', 'Execution'), 60, '{{execution}}'],
        ]),
        gap(2),
      ),
      ...section(
        'bios',
        heading('Хто да нас едзе', 'Кто к нам едет', 'Who is coming'),
        table({
          widths: [30, 144],
          rows: [
            [
              { content: ['{{#bios}}{{photo}}'] },
              { content: ['**{{name}}**{{#title}}\n{{title}}{{/title}}', '{{text}}{{/bios}}'] },
            ],
          ],
        }),
        gap(2),
      ),
      ...only('pressLine', heading('Для прэсы', 'Для прессы', 'Press line'), p('{{pressLine}}')),
    ],
    { subtitle: '{{meetingTitle}}\n{{visitTitle}}' },
  );
  return document;
}

export function namePlates(locale) {
  const face = (name, title, turn, begins, ends) => ({
    turn,
    content: [
      p(`${begins}{{${name}}}${title ? '' : ends}`, { align: 'center', size: 46, bold: true, after: 6, line: 1 }),
      p(`{{${title}}}${ends}`, { align: 'center', size: 17, color: '5F6368', after: 0, line: 1 }),
    ],
  });
  return {
    locale,
    title: in_(locale)('Кувертныя карткі', 'Кувертные карточки', 'Name plates'),
    font: 'Arial',
    size: 12,
    page: { landscape: true, margins: [5, 5, 4, 5] },
    // Fold along both lines and stand it up as a prism: both faces are then upright.
    body: [
      table({
        widths: [96, 96, 95],
        look: 'fold',
        rows: [
          {
            height: 190,
            exact: true,
            cells: [
              face('name', 'title', 'down', '{{#plates}}', ''),
              face('nameSecond', 'titleSecond', 'up', '', ''),
              { content: [p('{{/plates}}', { after: 0, size: 2 })] },
            ],
          },
        ],
      }),
      p('', { after: 0, size: 1, line: 0.06 }),
    ],
  };
}

export function seatingPlan(locale) {
  const say = in_(locale);
  return sheet(
    locale,
    say('Рассадка', 'Рассадка', 'Seating plan'),
    [
      p('{{#layout}}{{layout}}{{/layout}}', { style: 'Small', after: 6 }),
      ...anyOf(
        'presidium',
        p(
          say(
            'Прэзідыум (злева направа, як бачыць зала)',
            'Президиум (слева направо, как видит зал)',
            'Presidium (from left to right, as the hall sees it)',
          ),
          { style: 'Heading1' },
        ),
        listed('presidium', [
          ['№', 14, '{{no}}', { align: 'center' }],
          [say('Імя', 'Имя', 'Name'), 90, '**{{name}}**', { size: 12 }],
          [say('Пасада', 'Должность', 'Title'), 157, '{{title}}'],
        ]),
        gap(4),
      ),
      ...anyOf(
        'facing',
        table({
          widths: [88, 14, 57, 14, 88],
          look: 'none',
          padding: 2.2,
          rows: [
            {
              head: true,
              cells: [
                { content: ['{{oursLabel}}'], align: 'right' },
                '',
                { content: [say('стол', 'стол', 'table')], align: 'center', color: '5F6368' },
                '',
                { content: ['{{theirsLabel}}'] },
              ],
            },
            {
              height: 15,
              cells: [
                {
                  content: ['{{#facing}}**{{ours}}**{{#oursTitle}}\n{{oursTitle}}{{/oursTitle}}'],
                  align: 'right',
                  middle: true,
                  size: 11,
                },
                { content: ['{{oursNo}}'], align: 'center', middle: true, color: '5F6368' },
                { content: [''], shade: 'E9E4D8' },
                { content: ['{{theirsNo}}'], align: 'center', middle: true, color: '5F6368' },
                {
                  content: ['**{{theirs}}**{{#theirsTitle}}\n{{theirsTitle}}{{/theirsTitle}}{{/facing}}'],
                  middle: true,
                  size: 11,
                },
              ],
            },
          ],
        }),
        gap(4),
      ),
      ...anyOf(
        'rows',
        p('{{#rows}}'),
        p('{{row}}', { style: 'Heading1' }),
        listed('seats', [
          [say('Месца', 'Место', 'Seat'), 24, '{{no}}', { align: 'center' }],
          [say('Імя', 'Имя', 'Name'), 90, '**{{name}}**'],
          [say('Пасада', 'Должность', 'Title'), 147, '{{title}}'],
        ]),
        p('{{/rows}}'),
        gap(2),
      ),
      ...anyOf(
        'behind',
        p(say('За галоўнымі', 'За главами', 'Behind the principals'), { style: 'Heading1' }),
        p('{{#behind}}'),
        p('**{{name}}**{{#behindWhom}} — {{behindWhom}}{{/behindWhom}}', { after: 2 }),
        p('{{/behind}}'),
      ),
    ],
    { landscape: true, subtitle: '{{meetingTitle}}{{#time}} · {{time}}{{/time}}{{#place}} · {{place}}{{/place}}' },
  );
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
    { subtitle: '{{caterer}}{{#visitTitle}} · {{visitTitle}}{{/visitTitle}}' },
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
