import { Module } from '@nestjs/common';
import { DevMailbox } from './dev-mailbox.js';
import { DevMailboxPages } from './dev-mailbox.pages.js';

/** Imported outside production only. */
@Module({ providers: [DevMailbox], controllers: [DevMailboxPages] })
export class DevMailboxModule {}
