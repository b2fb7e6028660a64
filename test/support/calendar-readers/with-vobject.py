"""Calendar files, one JSON string a line, as vobject (Radicale, CalendarServer's tools) reads them."""
import json
import sys
from datetime import datetime

import vobject
import vobject.icalendar

# It keeps the zones of all files that it has read; each of ours is to be read by its own.
ZONES = vars(vobject.icalendar)['__tzidMap']


def moment(found):
    value = found.value
    return int(value.timestamp()) if isinstance(value, datetime) else value.isoformat()


def held(component, name):
    return component.contents.get(name, [])


def text(component, name):
    found = held(component, name)
    return found[0].value if found else None


def parameter(found, name):
    values = found.params.get(name)
    return values[0] if values else None


def mailbox(found):
    words = {key.lower(): parameter(found, key) for key in ('ROLE', 'PARTSTAT', 'RSVP')}
    return {'address': found.value, 'name': parameter(found, 'CN'), **words}


def names(component):
    return sorted(line.name for line in component.lines())


def event(component):
    organizers = [mailbox(found) for found in held(component, 'organizer')]
    return {
        'uid': text(component, 'uid'),
        'sequence': int(text(component, 'sequence')),
        'start': moment(component.dtstart),
        'end': moment(component.dtend),
        'summary': text(component, 'summary'),
        'description': text(component, 'description'),
        'location': text(component, 'location'),
        'categories': [item for found in held(component, 'categories') for item in found.value],
        'status': text(component, 'status'),
        'organizer': organizers[0] if organizers else None,
        'attendees': [mailbox(found) for found in held(component, 'attendee')],
        'properties': names(component),
        'alarms': len(held(component, 'valarm')),
    }


def read(source):
    for name in ZONES.keys() - {'UTC'}:
        del ZONES[name]
    [calendar] = vobject.readComponents(source, validate=True)
    components = list(calendar.components())
    return {
        'method': text(calendar, 'method'),
        'name': text(calendar, 'x-wr-calname'),
        'zones': sum(1 for child in components if child.name == 'VTIMEZONE'),
        'components': len(components),
        'events': [event(child) for child in components if child.name == 'VEVENT'],
    }


for line in sys.stdin:
    try:
        answer = read(json.loads(line))
    except Exception as problem:  # what a reader refuses is an answer, too
        answer = {'problem': f'{type(problem).__name__}: {problem}'}
    print(json.dumps(answer))
