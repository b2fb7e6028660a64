import { Module, type OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountsModule } from '../accounts/index.js';
import { DocumentKinds } from './document-kinds.js';
import { DocumentPacks } from './document-packs.js';
import { DocumentOwners } from './document-owners.js';
import { DocumentTemplate, DocumentTemplateVersion } from './document-template.entity.js';
import { DocumentTemplatesPages } from './document-templates.pages.js';
import { DocumentTemplates } from './document-templates.service.js';
import { DocumentTemplatesApi, OutgoingDocumentsApi } from './documents.api.js';
import { OutgoingDocument, ReferenceCounter } from './outgoing-document.entity.js';
import { OutgoingDocumentsPages } from './outgoing-documents.pages.js';
import { OutgoingDocuments } from './outgoing-documents.service.js';
import { OutgoingRegister } from './outgoing-register.js';
import { References } from './references.service.js';
import { VISA_LETTER } from './visa-letter-fields.rules.js';
import { VISIT_DOCUMENTS } from './visit-document-fields.rules.js';

/** Documents that the house makes: their templates, their numbers, and those that it keeps. */
@Module({
  imports: [
    TypeOrmModule.forFeature([DocumentTemplate, DocumentTemplateVersion, ReferenceCounter, OutgoingDocument]),
    AccountsModule,
  ],
  controllers: [OutgoingDocumentsPages, DocumentTemplatesPages, DocumentTemplatesApi, OutgoingDocumentsApi],
  providers: [
    DocumentKinds,
    DocumentOwners,
    DocumentTemplates,
    References,
    OutgoingDocuments,
    OutgoingRegister,
    DocumentPacks,
  ],
  exports: [DocumentKinds, DocumentOwners, DocumentTemplates, References, OutgoingDocuments, DocumentPacks],
})
export class DocumentsModule implements OnModuleInit {
  constructor(private readonly kinds: DocumentKinds) {}

  onModuleInit(): void {
    this.kinds.declare(VISA_LETTER, ...VISIT_DOCUMENTS);
  }
}
