// Sheets for people who meet: who sits where, their plates, what the principal should know.
import { p, table } from './docx.mjs';
import { anyOf, facts, gap, in_, listed, only, SECOND, sheet } from './sheet-parts.mjs';

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
      p(
        '{{meetingTitleSecond}}{{#timeSecond}} · {{timeSecond}}{{/timeSecond}}{{#placeSecond}} · {{placeSecond}}{{/placeSecond}}',
        {
          color: '5F6368',
          after: 6,
          keep: true,
        },
      ),
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
          [say('Дакумент', 'Документ', 'Agreement'), 116, '**{{title}}**'],
          [say('Стан', 'Состояние', 'Standing'), 58, '{{standing}}'],
        ]),
        gap(2),
      ),
      ...only('execution', heading('Выкананне', 'Исполнение', 'Execution'), p('{{execution}}')),
      ...section(
        'commitments',
        heading('Што было абяцана раней', 'Что было обещано раньше', 'What was promised before'),
        listed('commitments', [
          [say('Што', 'Что', 'What'), 82, '{{text}}'],
          [say('Хто', 'Кто', 'Who'), 36, '{{owner}}'],
          [say('Да', 'До', 'Due'), 26, '{{due}}'],
          [say('Стан', 'Состояние', 'State'), 30, '{{state}}'],
        ]),
        gap(2),
      ),
      ...section(
        'bios',
        heading('Хто да нас едзе', 'Кто к нам едет', 'Who is coming'),
        p('{{#bios}}'),
        p('**{{name}}**{{#title}} — {{title}}{{/title}}', { after: 1, keep: true }),
        p('{{#text}}'),
        p('{{text}}', { after: 6 }),
        p('{{/text}}'),
        p('{{/bios}}'),
      ),
      ...only('pressLine', heading('Для прэсы', 'Для прессы', 'Press line'), p('{{pressLine}}')),
    ],
    {
      subtitle:
        '{{visitTitle}}{{#visitDates}} · {{visitDates}}{{/visitDates}}{{#meetingTitle}}\n{{meetingTitle}}{{/meetingTitle}}',
    },
  );
  return document;
}

/** A sheet for each: folded in three it stands as a prism with both faces upright. */
export function namePlates(locale) {
  const face = (name, title, country, turn, begins, ends) => ({
    turn,
    content: [
      p(`${begins}{{${name}}}${title ? '' : ends}`, { align: 'center', size: 46, bold: true, after: 6, line: 1 }),
      p(`{{${title}}}${ends}`, { align: 'center', size: 17, color: '5F6368', after: 0, line: 1 }),
      p(`{{#${country}}}`),
      p(`{{${country}}}`, { align: 'center', size: 12, color: '5F6368', spacing: 20, after: 0, line: 1 }),
      p(`{{/${country}}}`),
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
              face('name', 'title', 'country', 'down', '{{#plates}}', ''),
              face('nameSecond', 'titleSecond', 'countrySecond', 'up', '', ''),
              { content: [p('{{/plates}}', { after: 0, size: 2 })] },
            ],
          },
        ],
      }),
      p('', { after: 0, size: 1, line: 0.06 }),
    ],
  };
}

/** Three plates on a sheet: cut along the lines, fold along the dashes. Both faces are upright when it stands. */
export function namePlatesThird(locale) {
  const face = (plate, side, turn, begins = '') => ({
    turn,
    edges: side === '' ? [plate === 'A' ? null : 'cut', 'fold'] : ['fold', plate === 'C' ? null : 'cut'],
    content: [
      p(`${begins}{{name${side}${plate}}}`, { align: 'center', size: 30, bold: true, after: 2, line: 1 }),
      p(`{{title${side}${plate}}}`, { align: 'center', size: 12, color: '5F6368', after: 0, line: 1 }),
      p(`{{#country${side}${plate}}}`),
      p(`{{country${side}${plate}}}`, {
        align: 'center',
        size: 9,
        color: '5F6368',
        spacing: 20,
        after: 0,
        line: 1,
      }),
      p(`{{/country${side}${plate}}}`),
    ],
  });
  const plate = (name, begins) => [face(name, '', 'down', begins), face(name, 'Second', 'up')];
  return {
    locale,
    title: in_(locale)(
      'Кувертныя карткі, тры на аркушы',
      'Кувертные карточки, три на листе',
      'Name plates, three on a sheet',
    ),
    font: 'Arial',
    size: 12,
    page: { landscape: true, margins: [5, 5, 4, 5] },
    body: [
      table({
        widths: [47.5, 47.5, 47.5, 47.5, 47.5, 47.5, 2],
        look: 'none',
        rows: [
          {
            height: 190,
            exact: true,
            cells: [
              ...plate('A', '{{#sheets}}'),
              ...plate('B', ''),
              ...plate('C', ''),
              { content: [p('{{/sheets}}', { after: 0, size: 2 })], clear: true },
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
  const people = (side) => ({
    content: [
      p(`{{#any ${side}}}`),
      p(
        `{{${side}Label}}${side === 'theirs' ? '{{#guestInstitution}}: {{guestInstitution}}{{/guestInstitution}}' : ''}`,
        {
          style: 'TableHead',
        },
      ),
      p(`{{#${side}}}`),
      p('{{no}}\t**{{name}}**{{#title}}, {{title}}{{/title}}', {
        style: 'TableText',
        size: 10,
        left: 8,
        hanging: 8,
        tabs: [[8, 'left']],
        after: 1,
      }),
      p(`{{/${side}}}`),
      p(`{{/any ${side}}}`),
    ],
  });
  return sheet(
    locale,
    say('Рассадка', 'Рассадка', 'Seating plan'),
    [
      p('{{#layout}}'),
      p('{{layout}}', { style: 'Small', after: 6 }),
      p('{{/layout}}'),
      p('{{plan}}'),
      gap(8),
      table({ look: 'none', padding: 2, widths: [130, 131], rows: [[people('ours'), people('theirs')]] }),
    ],
    { landscape: true, subtitle: '{{meetingTitle}}{{#time}} · {{time}}{{/time}}{{#place}} · {{place}}{{/place}}' },
  );
}
