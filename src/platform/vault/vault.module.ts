import { Global, Module } from '@nestjs/common';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { parseVaultKeys } from './vault-keys.js';
import { SealedColumns } from './sealed-columns.js';
import { VaultFiles } from './vault-files.js';
import { Vault } from './vault.js';

@Global()
@Module({
  providers: [
    { provide: Vault, useFactory: (config: Config) => new Vault(parseVaultKeys(config.vaultKeys)), inject: [CONFIG] },
    VaultFiles,
    SealedColumns,
  ],
  exports: [Vault, VaultFiles, SealedColumns],
})
export class VaultModule {}
