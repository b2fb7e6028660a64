import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { validateXML } from 'xmllint-wasm';

const fixture = (name: string): string =>
  readFileSync(new URL(`../fixtures/voc-schedule/${name}`, import.meta.url), 'utf8');

const xsd = fixture('schedule.xml.xsd');
const { $schema: _draft, ...schema } = JSON.parse(fixture('schema.json')) as Record<string, unknown>;
const ajv = new Ajv({ strict: false, allErrors: true, formats: { color: /^#[0-9a-f]{6}$/i } });
(formats as unknown as (to: Ajv) => void)(ajv);
const validate = ajv.compile(schema);

/** What xmllint finds wrong with a schedule.xml against the schema of c3voc: nothing where it is valid. */
export async function xmlFaults(xml: string): Promise<string[]> {
  const { errors } = await validateXML({
    xml: [{ fileName: 'schedule.xml', contents: xml }],
    schema: [xsd],
    initialMemoryPages: 1024,
    maxMemoryPages: 8192,
  });
  return errors.map(({ message }) => message);
}

/** What Ajv finds wrong with the object of a schedule.json against the schema of c3voc, version 1. */
export function jsonFaults(schedule: unknown): string[] {
  return validate(schedule) ? [] : validate.errors!.map(({ instancePath, message }) => `${instancePath} ${message}`);
}
