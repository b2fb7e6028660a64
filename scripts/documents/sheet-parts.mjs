// What all sheets are made of: title and foot, lists, conditions, facts.
import { p, PAGE, PAGES, table } from './docx.mjs';

export const in_ = (locale) => (be, ru, en) => ({ be, ru, en })[locale];
/** The language beside the first one of a bilingual document. */
export const SECOND = { be: 'en', ru: 'en', en: 'be' };

export function footer(locale) {
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

/** A sheet with its title and a line under it. */
export function sheet(
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
export function listed(name, columns, { height } = {}) {
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
export const only = (name, ...content) => [p(`{{#${name}}}`), ...content, p(`{{/${name}}}`)];
export const anyOf = (name, ...content) =>
  only(`any ${name}`, ...content).map((one, at, all) => (at === all.length - 1 ? p(`{{/any ${name}}}`) : one));
export const gap = (points = 6) => p('', { after: 0, size: points, line: 1 });

/** Label and value beside each other, those with a value only. */
export function facts(rows, widths = [46, 128]) {
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
