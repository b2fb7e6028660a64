export { Feed } from './feed.entity.js';
export { FeedsModule } from './feeds.module.js';
export { Feeds } from './feeds.service.js';
