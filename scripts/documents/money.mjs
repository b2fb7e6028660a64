// What a visit costs, and the order by which it is paid.
import { p, table } from './docx.mjs';
import { gap, in_, listed, sheet } from './sheet-parts.mjs';

/** Places where a hand writes: underscores mean italics in texts. */
const blank = (length) => ({ xml: `<w:r><w:t>${'_'.repeat(length)}</w:t></w:r>` });

function signed(widths) {
  return table({
    look: 'none',
    padding: 0,
    widths,
    rows: [
      [
        { content: [p('{{signatoryTitle}}', { after: 0 })] },
        { content: [p('{{signatoryName}}', { after: 0, align: 'right' })] },
      ],
    ],
  });
}

export function estimate(locale) {
  const say = in_(locale);
  return sheet(
    locale,
    say('Каштарыс выдаткаў', 'Смета расходов', 'Estimate of costs'),
    [
      p(
        say(
          'на прыём дэлегацыі: {{guestInstitution}}{{#members}} ({{members}}){{/members}}',
          'на приём делегации: {{guestInstitution}}{{#members}} ({{members}}){{/members}}',
          'for receiving a delegation: {{guestInstitution}}{{#members}} ({{members}}){{/members}}',
        ),
        { after: 8 },
      ),
      listed('costs', [
        ['№', 10, '{{no}}'],
        [say('Артыкул', 'Статья', 'Item'), 66, '**{{line}}**{{#what}}\n{{what}}{{/what}}'],
        [say('Колькасць', 'Количество', 'Quantity'), 22, '{{quantity}}', { align: 'right' }],
        [say('Цана', 'Цена', 'Price'), 24, '{{price}}', { align: 'right' }],
        [say('Сума', 'Сумма', 'Sum'), 28, '{{sum}}', { align: 'right', bold: true }],
        [say('Плаціць', 'Платит', 'Payer'), 24, '{{payer}}'],
      ]),
      gap(6),
      p(say('Усяго', 'Итого', 'Totals'), { style: 'Heading1' }),
      listed('payers', [
        [say('Хто плаціць', 'Кто платит', 'Who pays'), 110, '{{payer}}'],
        [say('Сума', 'Сумма', 'Sum'), 64, '{{total}}', { align: 'right', bold: true }],
      ]),
      gap(16),
      signed([110, 64]),
    ],
    { subtitle: '{{visitTitle}}{{#visitDates}} · {{visitDates}}{{/visitDates}}' },
  );
}

export function order(locale) {
  const say = in_(locale);
  const point = (text) => p(text, { indent: 12.5, align: 'justify', after: 6 });
  return {
    locale,
    title: say('Загад', 'Приказ', 'Order'),
    size: 14,
    page: { margins: [20, 15, 20, 30] },
    body: [
      p('{{hostName}}', { style: 'House', after: 18 }),
      p(say('ЗАГАД', 'ПРИКАЗ', 'ORDER'), { align: 'center', bold: true, size: 15, spacing: 40, after: 14 }),
      table({
        look: 'none',
        padding: 0,
        widths: [82, 83],
        rows: [
          [
            { content: [p([blank(18)], { after: 0 })] },
            { content: [p([say('№ ', '№ ', 'No '), blank(10)], { after: 0, align: 'right' })] },
          ],
        ],
      }),
      p(say('г. Мінск', 'г. Минск', 'Minsk'), { after: 14, before: 4 }),
      p(
        say(
          'Аб прыёме дэлегацыі{{#guestCountry}} ({{guestCountry}}){{/guestCountry}}',
          'О приёме делегации{{#guestCountry}} ({{guestCountry}}){{/guestCountry}}',
          'On receiving a delegation{{#guestCountry}} ({{guestCountry}}){{/guestCountry}}',
        ),
        { bold: true, after: 12 },
      ),
      p(
        say(
          'У сувязі з візітам «{{visitTitle}}»{{#visitDates}}, {{visitDates}}{{/visitDates}}{{#purpose}} (мэта: {{purpose}}){{/purpose}},',
          'В связи с визитом «{{visitTitle}}»{{#visitDates}}, {{visitDates}}{{/visitDates}}{{#purpose}} (цель: {{purpose}}){{/purpose}},',
          'In connection with “{{visitTitle}}”{{#visitDates}}, {{visitDates}}{{/visitDates}}{{#purpose}} (purpose: {{purpose}}){{/purpose}},',
        ),
        { indent: 12.5, align: 'justify', after: 8 },
      ),
      p(say('ЗАГАДВАЮ:', 'ПРИКАЗЫВАЮ:', 'I ORDER:'), { after: 8 }),
      p('{{#points}}'),
      point('{{point}}'),
      p('{{/points}}'),
      p('', { after: 20 }),
      signed([100, 65]),
      p(
        say(
          '{{#responsible}}Падрыхтаваў(ла): {{responsible}}{{/responsible}}',
          '{{#responsible}}Подготовил(а): {{responsible}}{{/responsible}}',
          '{{#responsible}}Prepared by {{responsible}}{{/responsible}}',
        ),
        { style: 'Small', before: 24 },
      ),
    ],
  };
}
