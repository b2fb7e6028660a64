export { MailingsModule } from './mailings.module.js';
export { Mailings } from './mailings.service.js';
export { MailTemplates } from './mail-templates.service.js';
