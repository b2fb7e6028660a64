import { z } from 'zod';
import { LOCALES } from '../../kernel/locale.js';
import { instantOut, listOf, listQuery } from '../../platform/web/api.js';
import { choice, integerField, optionalId } from '../../platform/web/fields.js';
import { fileField } from '../../platform/web/uploads.js';
import { DOCUMENT_GROUPS, SERIES } from './document-kind.rules.js';

const version = integerField({ min: 0, max: 2_000_000_000 });

export const templateUploadForm = z.strictObject({ file: fileField() }).meta({ id: 'DocumentTemplateUpload' });
/** `template` is the id of an earlier version; empty: the one that comes with the house. */
export const templateChoiceForm = z.strictObject({ template: optionalId(), version });
export const templateChoiceInput = z.strictObject({ template: optionalId() }).meta({ id: 'DocumentTemplateChoice' });
export const localeParam = choice(LOCALES);
export const outgoingQuery = listQuery;

const versionOut = z
  .object({
    id: z.string(),
    number: z.number(),
    filename: z.string(),
    sha256: z.string(),
    size: z.number(),
    uploadedAt: instantOut,
  })
  .meta({ id: 'DocumentTemplateVersion' });
const inUse = {
  kind: z.string(),
  locale: z.enum(LOCALES),
  current: versionOut.nullable().meta({ description: 'Null: the template that comes with the house' }),
  version: z.number(),
};
export const templateInUseOut = z.object(inUse).meta({ id: 'DocumentTemplateInUse' });
export const templateList = listOf(
  z.object({ ...inUse, group: z.enum(DOCUMENT_GROUPS) }).meta({ id: 'ListedDocumentTemplate' }),
).meta({ id: 'DocumentTemplateList' });

interface FieldOut {
  name: string;
  type: 'text' | 'flag' | 'image' | 'drawing' | 'list';
  expected?: boolean | undefined;
  fields?: FieldOut[] | undefined;
}
const fieldOut: z.ZodType<FieldOut> = z
  .object({
    name: z.string(),
    type: z.enum(['text', 'flag', 'image', 'drawing', 'list']),
    expected: z.boolean().optional(),
    get fields() {
      return z.array(fieldOut).optional();
    },
  })
  .meta({ id: 'DocumentField' });
export const templateOut = z
  .object({ ...inUse, versions: z.array(versionOut), fields: z.array(fieldOut) })
  .meta({ id: 'DocumentTemplate' });
export const uploadedTemplateOut = z
  .object({ ...inUse, missing: z.array(z.string()).meta({ description: 'Expected fields that it does not use' }) })
  .meta({ id: 'UploadedDocumentTemplate' });

export const outgoingOut = z
  .object({
    id: z.string().meta({ description: 'Public id' }),
    kind: z.string(),
    locale: z.enum(LOCALES),
    title: z.string(),
    series: z.enum(SERIES).nullable(),
    reference: z.string().nullable(),
    belongsTo: z.string(),
    filename: z.string(),
    sha256: z.string(),
    size: z.number(),
    secret: z.boolean().meta({ description: 'Holds guarded data: not given out here' }),
    madeAt: instantOut,
    sentAt: instantOut.nullable(),
  })
  .meta({ id: 'OutgoingDocument' });
export const outgoingList = listOf(outgoingOut).meta({ id: 'OutgoingDocumentList' });
