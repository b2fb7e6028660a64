"""Calendar files, one JSON string a line, as libical (Evolution, KOrganizer) reads them."""
import json
import sys

import gi

gi.require_version('ICalGLib', '3.0')
from gi.repository import ICalGLib  # noqa: E402

Kind = ICalGLib.PropertyKind
Param = ICalGLib.ParameterKind


def children(component, kind):
    child = component.get_first_component(kind)
    while child is not None:
        yield child
        child = component.get_next_component(kind)


def properties(component, kind=Kind.ANY_PROPERTY):
    found = component.get_first_property(kind)
    while found is not None:
        yield found
        found = component.get_next_property(kind)


def parameter(found, kind, get):
    held = found.get_first_parameter(kind)
    return None if held is None else get(held)


def moment(calendar, found, time):
    if time.is_date():
        return f'{time.get_year():04}-{time.get_month():02}-{time.get_day():02}'
    tzid = parameter(found, Param.TZID_PARAMETER, ICalGLib.Parameter.get_tzid)
    zone = ICalGLib.Timezone.get_utc_timezone() if time.is_utc() else calendar.get_timezone(tzid)
    return time.as_timet_with_zone(zone)


def mailbox(found, address):
    name = parameter(found, Param.CN_PARAMETER, ICalGLib.Parameter.get_cn)
    written = {key: found.get_parameter_as_string(key) for key in ('ROLE', 'PARTSTAT', 'RSVP')}
    return {'address': address, 'name': name, **{key.lower(): value for key, value in written.items()}}


def texts(component, kind, get):
    return [get(found) for found in properties(component, kind)]


def first(values):
    return values[0] if values else None


def event(calendar, component):
    start = component.get_first_property(Kind.DTSTART_PROPERTY)
    end = component.get_first_property(Kind.DTEND_PROPERTY)
    organizers = [mailbox(found, found.get_organizer()) for found in properties(component, Kind.ORGANIZER_PROPERTY)]
    return {
        'uid': component.get_uid(),
        'sequence': component.get_sequence(),
        'start': moment(calendar, start, start.get_dtstart()),
        'end': moment(calendar, end, end.get_dtend()),
        'summary': first(texts(component, Kind.SUMMARY_PROPERTY, ICalGLib.Property.get_summary)),
        'description': first(texts(component, Kind.DESCRIPTION_PROPERTY, ICalGLib.Property.get_description)),
        'location': first(texts(component, Kind.LOCATION_PROPERTY, ICalGLib.Property.get_location)),
        'categories': texts(component, Kind.CATEGORIES_PROPERTY, ICalGLib.Property.get_categories),
        'status': first([found.get_value_as_string() for found in properties(component, Kind.STATUS_PROPERTY)]),
        'organizer': first(organizers),
        'attendees': [mailbox(found, found.get_attendee()) for found in properties(component, Kind.ATTENDEE_PROPERTY)],
        'properties': sorted(found.get_property_name() for found in properties(component)),
        'alarms': sum(1 for _ in children(component, ICalGLib.ComponentKind.VALARM_COMPONENT)),
    }


def errors(component):
    yield from (found.get_xlicerror() for found in properties(component, Kind.XLICERROR_PROPERTY))
    for child in children(component, ICalGLib.ComponentKind.ANY_COMPONENT):
        yield from errors(child)


def read(text):
    calendar = ICalGLib.Component.new_from_string(text)
    if calendar is None or calendar.isa() != ICalGLib.ComponentKind.VCALENDAR_COMPONENT:
        raise ValueError('not one VCALENDAR')
    if calendar.count_errors() > 0:
        raise ValueError('; '.join(errors(calendar)))
    names = [found.get_property_name() for found in properties(calendar)]
    return {
        'method': calendar.get_first_property(Kind.METHOD_PROPERTY).get_value_as_string() if 'METHOD' in names else None,
        'name': first(texts(calendar, Kind.NAME_PROPERTY, ICalGLib.Property.get_name)),
        'zones': sum(1 for _ in children(calendar, ICalGLib.ComponentKind.VTIMEZONE_COMPONENT)),
        'components': sum(1 for _ in children(calendar, ICalGLib.ComponentKind.ANY_COMPONENT)),
        'events': [event(calendar, one) for one in children(calendar, ICalGLib.ComponentKind.VEVENT_COMPONENT)],
    }


for line in sys.stdin:
    try:
        answer = read(json.loads(line))
    except Exception as problem:  # what a reader refuses is an answer, too
        answer = {'problem': f'{type(problem).__name__}: {problem}'}
    print(json.dumps(answer))
