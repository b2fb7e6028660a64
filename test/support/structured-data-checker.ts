import { readFileSync } from 'node:fs';

const properties = JSON.parse(
  readFileSync(new URL('../fixtures/schemaorg/properties.json', import.meta.url), 'utf8'),
) as Record<string, Record<string, string[]>>;

/** What search engines need of an event. */
const NEEDED: Record<string, readonly string[]> = {
  Event: ['name', 'startDate', 'location'],
  Place: ['name', 'address'],
  VirtualLocation: ['url'],
  Person: ['name'],
  Organization: ['name'],
};

/** What is wrong with a JSON-LD object by the vocabulary of schema.org: unknown types, properties of others, missing ones. */
export function structuredDataFaults(data: unknown, path = ''): string[] {
  if (Array.isArray(data)) return data.flatMap((item, at) => structuredDataFaults(item, `${path}[${at}]`));
  if (typeof data !== 'object' || data === null) return [];
  const { '@context': _context, '@type': type, '@id': _id, ...fields } = data as Record<string, unknown>;
  const known = properties[String(type)];
  if (!known) return [`${path}: no type ${String(type)}`];
  return [
    ...Object.keys(fields).flatMap((name) =>
      Object.hasOwn(known, name) ? [] : [`${path}.${name}: not of ${String(type)}`],
    ),
    ...(NEEDED[String(type)] ?? []).flatMap((name) =>
      Object.hasOwn(fields, name) ? [] : [`${path}.${name}: missing`],
    ),
    ...Object.entries(fields).flatMap(([name, value]) => structuredDataFaults(value, `${path}.${name}`)),
  ];
}
