/** https://www.rfc-editor.org/rfc/rfc6321 */
export const XCAL_CONTENT_TYPE = 'application/calendar+xml; charset=utf-8';

type JcalProperty = readonly [
  name: string,
  parameters: Record<string, string | string[]>,
  type: string,
  ...values: unknown[],
];
type JcalComponent = readonly [name: string, properties: readonly JcalProperty[], components: readonly JcalComponent[]];

/** Parameters whose value is an address (RFC 6321 section 3.5); all others are texts. */
const PARAMETER_TYPES: Readonly<Record<string, string>> = {
  altrep: 'uri',
  dir: 'uri',
  'delegated-from': 'cal-address',
  'delegated-to': 'cal-address',
  member: 'cal-address',
  'sent-by': 'cal-address',
};

/** Properties of several parts, which jCal has as a list (RFC 6321 section 3.4.1). */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  geo: ['latitude', 'longitude'],
  'request-status': ['code', 'description', 'data'],
};

/** A calendar as xCal (RFC 6321) from the same calendar as jCal (RFC 7265). */
export function toXcal(jcal: unknown): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<icalendar xmlns="urn:ietf:params:xml:ns:icalendar-2.0">${component(jcal as JcalComponent)}</icalendar>\n`;
}

function component([name, properties, components]: JcalComponent): string {
  const inside = [
    ...(properties.length > 0 ? [`<properties>${properties.map(property).join('')}</properties>`] : []),
    ...(components.length > 0 ? [`<components>${components.map(component).join('')}</components>`] : []),
  ];
  return `<${name}>${inside.join('')}</${name}>\n`;
}

function property([name, parameters, type, ...values]: JcalProperty): string {
  const given = Object.entries(parameters).map(([key, value]) => {
    const kind = PARAMETER_TYPES[key] ?? 'text';
    return `<${key}>${[value]
      .flat()
      .map((one) => element(kind, one))
      .join('')}</${key}>`;
  });
  const parts = PARTS[name];
  const shown = values.map((value) =>
    parts && Array.isArray(value) ? value.map((one, at) => element(parts[at]!, one)).join('') : valueOf(type, value),
  );
  return `<${name}>${given.length > 0 ? `<parameters>${given.join('')}</parameters>` : ''}${shown.join('')}</${name}>`;
}

function valueOf(type: string, value: unknown): string {
  if (type === 'period' && Array.isArray(value)) {
    const [start, end] = value as [string, string];
    return `<period>${element('start', start)}${element(/^[+-]?P/.test(end) ? 'duration' : 'end', end)}</period>`;
  }
  if (type !== 'recur' || typeof value !== 'object' || value === null) return element(type, value);
  const rules = Object.entries(value).map(([key, part]) =>
    [part as unknown]
      .flat()
      .map((one) => element(key, one))
      .join(''),
  );
  return `<recur>${rules.join('')}</recur>`;
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' };

function element(name: string, value: unknown): string {
  // Controls that XML 1.0 does not take are no part of calendars either: the writer has refused them.
  return `<${name}>${String(value).replace(/[&<>\r]/g, (char) => ESCAPES[char]!)}</${name}>`;
}
