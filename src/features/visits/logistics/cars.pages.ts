import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import type { FormView } from '../../../platform/web/form.js';
import { ApiExcludeController } from '../../../platform/web/openapi-notes.js';
import { Staff } from '../../../platform/web/policy.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import { Cars } from './cars.service.js';
import type { Car } from './logistics.entity.js';
import { carForm, newCarForm } from './logistics.schemas.js';

/** The cars that journeys choose from. */
@ApiExcludeController()
@Controller('protocol/cars')
export class CarsPages {
  constructor(private readonly cars: Cars) {}

  @Get()
  @Staff('visit', 'write', 'any')
  all(@Web() web: WebContext): Promise<string> {
    return this.show(web, null, web.emptyForm({ seats: 4, inUse: 'on' }));
  }

  @Post()
  @Staff('visit', 'write', 'any')
  add(@Web() web: WebContext, @Body() body: unknown): Promise<string> {
    return web.form(newCarForm, body, {
      done: (fields) =>
        web.once(body, async () => {
          await this.cars.add(fields);
          return web.redirect('/protocol/cars', { key: 'visit.done.carSaved' });
        }),
      again: (form) => this.show(web, null, form),
    });
  }

  @Get(':car')
  @Staff('visit', 'write', 'any')
  async one(@Web() web: WebContext, @Param('car') id: string): Promise<string> {
    const car = await this.cars.byId(id);
    return this.show(web, car, web.emptyForm({ ...car, inUse: car.inUse ? 'on' : '' }));
  }

  @Post(':car')
  @Staff('visit', 'write', 'any')
  async save(@Web() web: WebContext, @Param('car') id: string, @Body() body: unknown): Promise<string> {
    return web.form(carForm, body, {
      done: async ({ version, ...fields }) => {
        await this.cars.edit({ id, version }, fields);
        return web.redirect('/protocol/cars', { key: 'visit.done.carSaved' });
      },
      again: async (form) => this.show(web, await this.cars.byId(id), form),
    });
  }

  private async show(web: WebContext, edited: Car | null, form: FormView): Promise<string> {
    const model = {
      cars: await this.cars.all(),
      action: edited ? `/protocol/cars/${edited.id}` : '/protocol/cars',
      version: edited?.version ?? '',
      edited: edited !== null,
    };
    return web.page('pages/visits/cars', model, {
      title: web.t('visit.car.title'),
      layout: 'staff',
      section: 'protocol',
      breadcrumbs: [{ label: web.t('visit.overview.title'), href: '/protocol' }],
      form,
    });
  }
}
