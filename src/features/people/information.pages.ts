import { Controller, Get } from '@nestjs/common';
import { ApiExcludeController } from '../../platform/web/openapi-notes.js';
import { Anyone } from '../../platform/web/policy.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import { CONSENT_PURPOSES, PURPOSES } from './purposes.js';

/** Short pages that every site of this kind owes its visitors. */
@ApiExcludeController()
@Controller(['be', 'ru', 'en'])
export class InformationPages {
  /** The register of purposes, in public. */
  @Get('privacy')
  @Anyone()
  privacy(@Web() web: WebContext): Promise<string> {
    const purposes = PURPOSES.map((purpose) => ({
      ...purpose,
      asked: (CONSENT_PURPOSES as readonly string[]).includes(purpose.code),
    }));
    return web.page(
      'pages/people/privacy',
      { purposes, approved: PURPOSES.every(({ approved }) => approved) },
      { title: web.t('privacy.title') },
    );
  }

  @Get('accessibility')
  @Anyone()
  accessibility(@Web() web: WebContext): Promise<string> {
    return web.page('pages/people/accessibility', {}, { title: web.t('accessibility.title') });
  }

  @Get('help')
  @Anyone()
  help(@Web() web: WebContext): Promise<string> {
    return web.page('pages/people/help', {}, { title: web.t('help.title') });
  }
}
