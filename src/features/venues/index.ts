export { Room, Venue, type GeoPoint } from './venue.entity.js';
export { RoomChanged, VenueChanged } from './venues.events.js';
export { VenuesModule } from './venues.module.js';
export { Venues, type RoomFields, type VenueFields } from './venues.service.js';
