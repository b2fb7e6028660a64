"""Calendar files, one JSON string a line, as python-icalendar reads them."""
import json
import sys
from datetime import datetime

from icalendar import Calendar


def moment(found):
    value = found.dt
    return int(value.timestamp()) if isinstance(value, datetime) else value.isoformat()


def listed(found):
    return [] if found is None else found if isinstance(found, list) else [found]


def mailbox(found):
    if found is None:
        return None
    words = {key: found.params.get(key) for key in ('ROLE', 'PARTSTAT', 'RSVP')}
    return {'address': str(found), 'name': found.params.get('CN'), **{key.lower(): value for key, value in words.items()}}


def text(component, name):
    return None if name not in component else str(component[name])


def names(component):
    return sorted(name for name, held in component.items() for _ in listed(held))


def event(component):
    return {
        'uid': text(component, 'UID'),
        'sequence': int(component['SEQUENCE']),
        'start': moment(component['DTSTART']),
        'end': moment(component['DTEND']),
        'summary': text(component, 'SUMMARY'),
        'description': text(component, 'DESCRIPTION'),
        'location': text(component, 'LOCATION'),
        'categories': [str(item) for held in listed(component.get('CATEGORIES')) for item in held.cats],
        'status': text(component, 'STATUS'),
        'organizer': mailbox(component.get('ORGANIZER')),
        'attendees': [mailbox(found) for found in listed(component.get('ATTENDEE'))],
        'properties': names(component),
        'alarms': sum(1 for child in component.subcomponents if child.name == 'VALARM'),
    }


def read(source):
    calendar = Calendar.from_ical(source)
    broken = [error for component in calendar.walk() for error in component.errors]
    if broken:
        raise ValueError(f'{broken}')
    return {
        'method': text(calendar, 'METHOD'),
        'name': text(calendar, 'X-WR-CALNAME'),
        'zones': sum(1 for child in calendar.subcomponents if child.name == 'VTIMEZONE'),
        'components': len(calendar.subcomponents),
        'events': [event(child) for child in calendar.subcomponents if child.name == 'VEVENT'],
    }


for line in sys.stdin:
    try:
        answer = read(json.loads(line))
    except Exception as problem:  # what a reader refuses is an answer, too
        answer = {'problem': f'{type(problem).__name__}: {problem}'}
    print(json.dumps(answer))
