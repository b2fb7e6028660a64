import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, type TableShape } from '../portable-schema.js';

const TABLES: TableShape[] = [
  {
    name: 'access_links',
    columns: [
      { name: 'id', type: 'uuid', primary: true },
      { name: 'purpose', type: 'varchar', length: 20 },
      { name: 'subject_id', type: 'uuid' },
      { name: 'token_hash', type: 'varchar', length: 64 },
      { name: 'code_hash', type: 'varchar', length: 64, nullable: true },
      { name: 'email_hash', type: 'varchar', length: 64, nullable: true },
      { name: 'expires_at', type: 'datetime', precision: 3 },
      { name: 'used_at', type: 'datetime', precision: 3, nullable: true },
      { name: 'created_at', type: 'datetime', precision: 3 },
    ],
    indexes: [
      { name: 'ix_access_links_expires', columns: ['expires_at'] },
      { name: 'ix_access_links_subject', columns: ['subject_id', 'purpose'] },
      { name: 'ix_access_links_email', columns: ['email_hash', 'purpose'] },
      { name: 'uq_access_links_token', columns: ['token_hash'], unique: true },
    ],
  },
  {
    name: 'accounts',
    columns: [
      { name: 'id', type: 'uuid', primary: true },
      { name: 'email', type: 'varchar', length: 254 },
      { name: 'email_key', type: 'varchar', length: 254 },
      { name: 'name', type: 'varchar', length: 200 },
      { name: 'password_hash', type: 'varchar', length: 200, nullable: true },
      { name: 'locale', type: 'varchar', length: 2 },
      { name: 'active', type: 'boolean' },
      { name: 'created_at', type: 'datetime', precision: 3 },
      { name: 'version', type: 'int' },
    ],
    indexes: [
      { name: 'uq_accounts_email', columns: ['email_key'], unique: true },
    ],
  },
  {
    name: 'api_tokens',
    columns: [
      { name: 'id', type: 'uuid', primary: true },
      { name: 'account_id', type: 'uuid' },
      { name: 'name', type: 'varchar', length: 100 },
      { name: 'token_hash', type: 'varchar', length: 64 },
      { name: 'prefix', type: 'varchar', length: 12 },
      { name: 'scopes', type: 'simple-json' },
      { name: 'expires_at', type: 'datetime', precision: 3 },
      { name: 'created_at', type: 'datetime', precision: 3 },
      { name: 'last_used_at', type: 'datetime', precision: 3, nullable: true },
      { name: 'revoked_at', type: 'datetime', precision: 3, nullable: true },
    ],
    indexes: [
      { name: 'ix_api_tokens_account', columns: ['account_id'] },
      { name: 'uq_api_tokens_token', columns: ['token_hash'], unique: true },
    ],
    foreignKeys: [
      { name: 'fk_api_tokens_account', column: 'account_id', references: 'accounts', onDelete: 'CASCADE' },
    ],
  },
  {
    name: 'programmes',
    columns: [
      { name: 'id', type: 'uuid', primary: true },
      { name: 'owner_kind', type: 'varchar', length: 12 },
      { name: 'owner_id', type: 'uuid' },
      { name: 'zone', type: 'varchar', length: 60 },
      { name: 'current_release', type: 'int', nullable: true },
      { name: 'names_epoch', type: 'int' },
      { name: 'version', type: 'int' },
    ],
    indexes: [
      { name: 'uq_programmes_owner', columns: ['owner_id'], unique: true },
    ],
  },
  {
    name: 'strands',
    columns: [
      { name: 'id', type: 'uuid', primary: true },
      { name: 'programme_id', type: 'uuid' },
      { name: 'code', type: 'varchar', length: 40 },
      { name: 'name', type: 'simple-json' },
      { name: 'colour', type: 'varchar', length: 20 },
      { name: 'position', type: 'int' },
      { name: 'version', type: 'int' },
    ],
    indexes: [
      { name: 'uq_strands_code', columns: ['programme_id', 'code'], unique: true },
    ],
    foreignKeys: [
      { name: 'fk_strands_programme', column: 'programme_id', references: 'programmes', onDelete: 'CASCADE' },
    ],
  },
  {
    name: 'venues',
    columns: [
      { name: 'id', type: 'uuid', primary: true },
      { name: 'code', type: 'varchar', length: 40 },
      { name: 'name', type: 'simple-json' },
      { name: 'address', type: 'simple-json' },
      { name: 'geo', type: 'simple-json', nullable: true },
      { name: 'version', type: 'int' },
    ],
    indexes: [
      { name: 'uq_venues_code', columns: ['code'], unique: true },
    ],
  },
  {
    name: 'rooms',
    columns: [
      { name: 'id', type: 'uuid', primary: true },
      { name: 'venue_id', type: 'uuid' },
      { name: 'code', type: 'varchar', length: 40 },
      { name: 'name', type: 'simple-json' },
      { name: 'capacity', type: 'int', nullable: true },
      { name: 'position', type: 'int' },
      { name: 'notes', type: 'varchar', length: 1000 },
      { name: 'version', type: 'int' },
    ],
    indexes: [
      { name: 'uq_rooms_code', columns: ['venue_id', 'code'], unique: true },
    ],
    foreignKeys: [
      { name: 'fk_rooms_venue', column: 'venue_id', references: 'venues', onDelete: 'RESTRICT' },
    ],
  },
  {
    name: 'sessions',
    columns: [
      { name: 'id', type: 'uuid', primary: true },
      { name: 'programme_id', type: 'uuid' },
      { name: 'code', type: 'varchar', length: 16 },
      { name: 'kind', type: 'varchar', length: 24 },
      { name: 'title', type: 'simple-json' },
      { name: 'abstract', type: 'longtext' },
      { name: 'strand_id', type: 'uuid', nullable: true },
      { name: 'room_id', type: 'uuid', nullable: true },
      { name: 'starts_at', type: 'datetime', precision: 3, nullable: true },
      { name: 'ends_at', type: 'datetime', precision: 3, nullable: true },
      { name: 'minutes', type: 'int' },
      { name: 'online_url', type: 'varchar', length: 500, nullable: true },
      { name: 'languages', type: 'simple-json' },
      { name: 'interpretation', type: 'simple-json' },
      { name: 'capacity', type: 'int', nullable: true },
      { name: 'expected', type: 'int', nullable: true },
      { name: 'status', type: 'varchar', length: 12 },
      { name: 'parallel', type: 'boolean' },
      { name: 'restricted', type: 'boolean' },
      { name: 'revision', type: 'int' },
      { name: 'version', type: 'int' },
    ],
    indexes: [
      { name: 'ix_sessions_programme_time', columns: ['programme_id', 'starts_at'] },
      { name: 'ix_sessions_time', columns: ['starts_at', 'ends_at'] },
      { name: 'uq_sessions_code', columns: ['programme_id', 'code'], unique: true },
    ],
    foreignKeys: [
      { name: 'fk_sessions_programme', column: 'programme_id', references: 'programmes', onDelete: 'CASCADE' },
      { name: 'fk_sessions_strand', column: 'strand_id', references: 'strands', onDelete: 'SET NULL' },
      { name: 'fk_sessions_room', column: 'room_id', references: 'rooms', onDelete: 'RESTRICT' },
    ],
  },
  {
    name: 'talks',
    columns: [
      { name: 'id', type: 'uuid', primary: true },
      { name: 'session_id', type: 'uuid' },
      { name: 'code', type: 'varchar', length: 16 },
      { name: 'position', type: 'int' },
      { name: 'title', type: 'simple-json' },
      { name: 'abstract', type: 'longtext' },
      { name: 'minutes', type: 'int', nullable: true },
      { name: 'language', type: 'varchar', length: 20, nullable: true },
      { name: 'version', type: 'int' },
    ],
    indexes: [
      { name: 'uq_talks_code', columns: ['session_id', 'code'], unique: true },
    ],
    foreignKeys: [
      { name: 'fk_talks_session', column: 'session_id', references: 'sessions', onDelete: 'CASCADE' },
    ],
  },
  {
    name: 'persons',
    columns: [
      { name: 'id', type: 'uuid', primary: true },
      { name: 'public_id', type: 'varchar', length: 16 },
      { name: 'given', type: 'varchar', length: 128 },
      { name: 'family', type: 'varchar', length: 128, nullable: true },
      { name: 'patronymic', type: 'varchar', length: 128, nullable: true },
      { name: 'mononym', type: 'boolean' },
      { name: 'badge_name', type: 'varchar', length: 200, nullable: true },
      { name: 'email', type: 'varchar', length: 254, nullable: true },
      { name: 'email_key', type: 'varchar', length: 254, nullable: true },
      { name: 'phone', type: 'varchar', length: 60, nullable: true },
      { name: 'phone_e164', type: 'varchar', length: 20, nullable: true },
      { name: 'country', type: 'varchar', length: 2, nullable: true },
      { name: 'institution', type: 'varchar', length: 300, nullable: true },
      { name: 'position', type: 'varchar', length: 200, nullable: true },
      { name: 'locale', type: 'varchar', length: 2 },
      { name: 'search', type: 'text' },
      { name: 'sort_key', type: 'varchar', length: 200 },
      { name: 'created_at', type: 'datetime', precision: 3 },
      { name: 'version', type: 'int' },
    ],
    indexes: [
      { name: 'ix_persons_order', columns: ['sort_key', 'id'] },
      { name: 'uq_persons_email', columns: ['email_key'], unique: true },
      { name: 'uq_persons_public_id', columns: ['public_id'], unique: true },
    ],
  },
  {
    name: 'assignments',
    columns: [
      { name: 'id', type: 'uuid', primary: true },
      { name: 'session_id', type: 'uuid' },
      { name: 'talk_id', type: 'uuid', nullable: true },
      { name: 'person_id', type: 'uuid' },
      { name: 'role', type: 'varchar', length: 16 },
      { name: 'state', type: 'varchar', length: 12 },
      { name: 'seat', type: 'int', nullable: true },
      { name: 'position', type: 'int' },
      { name: 'active_key', type: 'varchar', length: 160, nullable: true },
      { name: 'seat_key', type: 'varchar', length: 60, nullable: true },
      { name: 'version', type: 'int' },
    ],
    indexes: [
      { name: 'ix_assignments_session', columns: ['session_id'] },
      { name: 'ix_assignments_person', columns: ['person_id'] },
      { name: 'uq_assignments_seat', columns: ['seat_key'], unique: true },
      { name: 'uq_assignments_active', columns: ['active_key'], unique: true },
    ],
    foreignKeys: [
      { name: 'fk_assignments_session', column: 'session_id', references: 'sessions', onDelete: 'CASCADE' },
      { name: 'fk_assignments_talk', column: 'talk_id', references: 'talks', onDelete: 'CASCADE' },
      { name: 'fk_assignments_person', column: 'person_id', references: 'persons', onDelete: 'RESTRICT' },
    ],
  },
  {
    name: 'attempt_counters',
    columns: [
      { name: 'id', type: 'varchar', length: 64, primary: true },
      { name: 'count', type: 'int' },
      { name: 'until', type: 'datetime', precision: 3 },
    ],
    indexes: [
      { name: 'ix_attempts_until', columns: ['until'] },
    ],
  },
  {
    name: 'availabilities',
    columns: [
      { name: 'id', type: 'uuid', primary: true },
      { name: 'programme_id', type: 'uuid' },
      { name: 'person_id', type: 'uuid' },
      { name: 'starts_at', type: 'datetime', precision: 3 },
      { name: 'ends_at', type: 'datetime', precision: 3 },
      { name: 'kind', type: 'varchar', length: 12 },
      { name: 'source', type: 'varchar', length: 20 },
    ],
    indexes: [
      { name: 'ix_availabilities_person', columns: ['programme_id', 'person_id'] },
    ],
    foreignKeys: [
      { name: 'fk_availabilities_programme', column: 'programme_id', references: 'programmes', onDelete: 'CASCADE' },
      { name: 'fk_availabilities_person', column: 'person_id', references: 'persons', onDelete: 'CASCADE' },
    ],
  },
  {
    name: 'calendar_objects',
    columns: [
      { name: 'id', type: 'uuid', primary: true },
      { name: 'kind', type: 'varchar', length: 10 },
      { name: 'uid', type: 'uuid' },
      { name: 'subject_key', type: 'varchar', length: 120 },
      { name: 'programme_id', type: 'uuid', nullable: true },
      { name: 'session_id', type: 'uuid', nullable: true },
      { name: 'conference_id', type: 'uuid', nullable: true },
      { name: 'person_id', type: 'uuid', nullable: true },
      { name: 'sequence', type: 'int' },
      { name: 'stamp', type: 'datetime', precision: 3 },
      { name: 'created_at', type: 'datetime', precision: 3 },
      { name: 'status', type: 'varchar', length: 10 },
      { name: 'cancelled_at', type: 'datetime', precision: 3, nullable: true },
      { name: 'withdrawn', type: 'boolean' },
      { name: 'significant', type: 'varchar', length: 64 },
      { name: 'content', type: 'varchar', length: 64 },
      { name: 'own_significant', type: 'varchar', length: 64 },
      { name: 'own_content', type: 'varchar', length: 64 },
      { name: 'sent_sequence', type: 'int', nullable: true },
    ],
    indexes: [
      { name: 'ix_calendar_objects_person', columns: ['person_id'] },
      { name: 'ix_calendar_objects_session', columns: ['session_id', 'kind'] },
      { name: 'ix_calendar_objects_programme', columns: ['programme_id'] },
      { name: 'uq_calendar_objects_subject', columns: ['subject_key'], unique: true },
      { name: 'uq_calendar_objects_uid', columns: ['uid'], unique: true },
    ],
  },
  {
    name: 'consents',
    columns: [
      { name: 'id', type: 'uuid', primary: true },
      { name: 'person_id', type: 'uuid' },
      { name: 'purpose', type: 'varchar', length: 20 },
      { name: 'text_version', type: 'int' },
      { name: 'locale', type: 'varchar', length: 2 },
      { name: 'given', type: 'boolean' },
      { name: 'channel', type: 'varchar', length: 10 },
      { name: 'evidence_hash', type: 'varchar', length: 64 },
      { name: 'at', type: 'datetime', precision: 3 },
    ],
    indexes: [
      { name: 'ix_consents_person', columns: ['person_id', 'at'] },
    ],
    foreignKeys: [
      { name: 'fk_consents_person', column: 'person_id', references: 'persons', onDelete: 'CASCADE' },
    ],
  },
  {
    name: 'finding_overrides',
    columns: [
      { name: 'id', type: 'uuid', primary: true },
      { name: 'programme_id', type: 'uuid' },
      { name: 'finding_key', type: 'varchar', length: 180 },
      { name: 'reason', type: 'varchar', length: 500 },
      { name: 'account_id', type: 'uuid', nullable: true },
      { name: 'at', type: 'datetime', precision: 3 },
    ],
    indexes: [
      { name: 'uq_finding_overrides_key', columns: ['programme_id', 'finding_key'], unique: true },
    ],
    foreignKeys: [
      { name: 'fk_finding_overrides_programme', column: 'programme_id', references: 'programmes', onDelete: 'CASCADE' },
    ],
  },
  {
    name: 'journal_entries',
    columns: [
      { name: 'id', type: 'uuid', primary: true },
      { name: 'at', type: 'datetime', precision: 3 },
      { name: 'type', type: 'varchar', length: 60 },
      { name: 'actor_kind', type: 'varchar', length: 20 },
      { name: 'actor_id', type: 'uuid', nullable: true },
      { name: 'subject_id', type: 'uuid' },
      { name: 'conference_id', type: 'uuid', nullable: true },
      { name: 'person_id', type: 'uuid', nullable: true },
      { name: 'data', type: 'longtext' },
      { name: 'request_id', type: 'varchar', length: 40 },
    ],
    indexes: [
      { name: 'ix_journal_person', columns: ['person_id', 'at'] },
      { name: 'ix_journal_conference', columns: ['conference_id', 'at'] },
      { name: 'ix_journal_subject', columns: ['subject_id', 'at'] },
    ],
  },
  {
    name: 'outbox',
    columns: [
      { name: 'id', type: 'uuid', primary: true },
      { name: 'kind', type: 'varchar', length: 60 },
      { name: 'cause_key', type: 'varchar', length: 64 },
      { name: 'recipient', type: 'varchar', length: 254 },
      { name: 'locale', type: 'varchar', length: 2 },
      { name: 'subject', type: 'varchar', length: 400 },
      { name: 'message_id', type: 'varchar', length: 200 },
      { name: 'mime', type: 'longblob' },
      { name: 'state', type: 'varchar', length: 12 },
      { name: 'conference_id', type: 'uuid', nullable: true },
      { name: 'person_id', type: 'uuid', nullable: true },
      { name: 'batch', type: 'varchar', length: 80, nullable: true },
      { name: 'attempts', type: 'int' },
      { name: 'doubtful', type: 'int' },
      { name: 'created_at', type: 'datetime', precision: 3 },
      { name: 'due_at', type: 'datetime', precision: 3 },
      { name: 'lease', type: 'varchar', length: 40, nullable: true },
      { name: 'leased_until', type: 'datetime', precision: 3, nullable: true },
      { name: 'sent_at', type: 'datetime', precision: 3, nullable: true },
      { name: 'problem', type: 'varchar', length: 200, nullable: true },
    ],
    indexes: [
      { name: 'ix_outbox_batch', columns: ['batch'] },
      { name: 'ix_outbox_person', columns: ['person_id', 'created_at'] },
      { name: 'ix_outbox_conference', columns: ['conference_id', 'created_at'] },
      { name: 'ix_outbox_due', columns: ['state', 'due_at'] },
      { name: 'uq_outbox_cause', columns: ['cause_key'], unique: true },
    ],
  },
  {
    name: 'releases',
    columns: [
      { name: 'id', type: 'uuid', primary: true },
      { name: 'programme_id', type: 'uuid' },
      { name: 'number', type: 'int' },
      { name: 'name', type: 'simple-json' },
      { name: 'note', type: 'simple-json' },
      { name: 'published_at', type: 'datetime', precision: 3 },
      { name: 'account_id', type: 'uuid', nullable: true },
      { name: 'final', type: 'boolean' },
    ],
    indexes: [
      { name: 'uq_releases_number', columns: ['programme_id', 'number'], unique: true },
    ],
    foreignKeys: [
      { name: 'fk_releases_programme', column: 'programme_id', references: 'programmes', onDelete: 'CASCADE' },
    ],
  },
  {
    name: 'printed_names',
    columns: [
      { name: 'id', type: 'uuid', primary: true },
      { name: 'release_id', type: 'uuid' },
      { name: 'person_id', type: 'uuid' },
      { name: 'name', type: 'varchar', length: 400 },
      { name: 'affiliation', type: 'varchar', length: 500, nullable: true },
      { name: 'country', type: 'varchar', length: 2, nullable: true },
    ],
    indexes: [
      { name: 'ix_printed_names_person', columns: ['person_id'] },
      { name: 'uq_printed_names', columns: ['release_id', 'person_id'], unique: true },
    ],
    foreignKeys: [
      { name: 'fk_printed_names_release', column: 'release_id', references: 'releases', onDelete: 'CASCADE' },
    ],
  },
  {
    name: 'release_sessions',
    columns: [
      { name: 'id', type: 'uuid', primary: true },
      { name: 'release_id', type: 'uuid' },
      { name: 'session_id', type: 'uuid' },
      { name: 'revision', type: 'int' },
    ],
    indexes: [
      { name: 'ix_release_sessions_session', columns: ['session_id'] },
      { name: 'uq_release_sessions', columns: ['release_id', 'session_id'], unique: true },
    ],
    foreignKeys: [
      { name: 'fk_release_sessions_release', column: 'release_id', references: 'releases', onDelete: 'CASCADE' },
    ],
  },
  {
    name: 'role_grants',
    columns: [
      { name: 'id', type: 'uuid', primary: true },
      { name: 'account_id', type: 'uuid' },
      { name: 'role', type: 'varchar', length: 20 },
      { name: 'conference_id', type: 'uuid', nullable: true },
    ],
    indexes: [
      { name: 'ix_role_grants_conference', columns: ['conference_id', 'role'] },
      { name: 'ix_role_grants_account', columns: ['account_id'] },
    ],
    foreignKeys: [
      { name: 'fk_role_grants_account', column: 'account_id', references: 'accounts', onDelete: 'CASCADE' },
    ],
  },
  {
    name: 'session_revisions',
    columns: [
      { name: 'id', type: 'uuid', primary: true },
      { name: 'session_id', type: 'uuid' },
      { name: 'revision', type: 'int' },
      { name: 'content', type: 'longtext' },
    ],
    indexes: [
      { name: 'uq_session_revisions', columns: ['session_id', 'revision'], unique: true },
    ],
  },
  {
    name: 'sign_ins',
    columns: [
      { name: 'id', type: 'uuid', primary: true },
      { name: 'token_hash', type: 'varchar', length: 64 },
      { name: 'kind', type: 'varchar', length: 10 },
      { name: 'subject_id', type: 'uuid' },
      { name: 'created_at', type: 'datetime', precision: 3 },
      { name: 'seen_at', type: 'datetime', precision: 3 },
      { name: 'expires_at', type: 'datetime', precision: 3 },
      { name: 'agent', type: 'varchar', length: 200 },
    ],
    indexes: [
      { name: 'ix_sign_ins_expires', columns: ['expires_at'] },
      { name: 'ix_sign_ins_subject', columns: ['subject_id'] },
      { name: 'uq_sign_ins_token', columns: ['token_hash'], unique: true },
    ],
  },
];

export class Init1795600000000 implements MigrationInterface {
  name = 'Init1795600000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await createTable(runner, table);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES.toReversed()) await runner.dropTable(table.name);
  }
}
