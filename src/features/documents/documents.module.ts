import { Module, type OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountsModule } from '../accounts/index.js';
import { DocumentKinds } from './document-kinds.js';
import { DocumentOwners } from './document-owners.js';
import { DocumentTemplate, DocumentTemplateVersion } from './document-template.entity.js';
import { DocumentTemplates } from './document-templates.service.js';
import { OutgoingDocument, ReferenceCounter } from './outgoing-document.entity.js';
import { OutgoingDocuments } from './outgoing-documents.service.js';
import { References } from './references.service.js';
import { VISA_LETTER } from './visa-letter-fields.rules.js';
import { VISIT_DOCUMENTS } from './visit-document-fields.rules.js';

/** Documents that the house makes: their templates, their numbers, and those that it keeps. */
@Module({
  imports: [
    TypeOrmModule.forFeature([DocumentTemplate, DocumentTemplateVersion, ReferenceCounter, OutgoingDocument]),
    AccountsModule,
  ],
  providers: [DocumentKinds, DocumentOwners, DocumentTemplates, References, OutgoingDocuments],
  exports: [DocumentKinds, DocumentOwners, DocumentTemplates, References, OutgoingDocuments],
})
export class DocumentsModule implements OnModuleInit {
  constructor(private readonly kinds: DocumentKinds) {}

  onModuleInit(): void {
    this.kinds.declare(VISA_LETTER, ...VISIT_DOCUMENTS);
  }
}
