import type { Config } from './platform/config/config.js';

export interface DemoAccount {
  email: string;
  password: string;
}

/** What `npm start` prints: the address, the demonstration account, and where mails can be read. */
export function greeting(config: Config, demo: DemoAccount | null): string {
  const lines = [
    '',
    `  Skaryna is open at   ${config.publicUrl}/`,
    `  Staff sign in at     ${config.publicUrl}/staff/sign-in`,
    ...(demo ? [`  Demo account         ${demo.email}  /  ${demo.password}`] : []),
    ...(config.production ? [] : [`  Mails can be read at ${config.publicUrl}/dev/mail`]),
    `  API                  ${config.publicUrl}/api/docs`,
    `  Ready after          ${(performance.now() / 1000).toFixed(1)} s (Node ${process.version})`,
    '',
  ];
  return `${lines.join('\n')}\n`;
}
