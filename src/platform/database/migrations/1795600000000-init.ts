import type { MigrationInterface } from 'typeorm';

export class Init1795600000000 implements MigrationInterface {
  name = 'Init1795600000000';
  async up(): Promise<void> {}
  async down(): Promise<void> {}
}
