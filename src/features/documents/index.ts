export { DocumentsModule } from './documents.module.js';
export { DOCUMENT_GROUPS, referenceOf, SERIES, type DocumentKind, type Series } from './document-kind.rules.js';
export { DocumentKinds } from './document-kinds.js';
export { DocumentOwners, type DocumentOwnerSource, type ShownOwner } from './document-owners.js';
export { DocumentContentRemoved, DocumentIssued, DocumentSent } from './documents.events.js';
export { DocumentPacks, type PackRequest } from './document-packs.js';
export { DocumentTemplates } from './document-templates.service.js';
export {
  OutgoingDocuments,
  type DocumentRequest,
  type IssueRequest,
  type KeptDocument,
  type MadeDocument,
} from './outgoing-documents.service.js';
export { References, type Reference } from './references.service.js';
export { VISA_LETTER } from './visa-letter-fields.rules.js';
export { PACK_CONTENTS, VISIT_DOCUMENTS } from './visit-document-fields.rules.js';
