import { Global, Module } from '@nestjs/common';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { parseVaultKeys } from './vault-keys.js';
import { Vault } from './vault.js';

@Global()
@Module({
  providers: [
    { provide: Vault, useFactory: (config: Config) => new Vault(parseVaultKeys(config.vaultKeys)), inject: [CONFIG] },
  ],
  exports: [Vault],
})
export class VaultModule {}
