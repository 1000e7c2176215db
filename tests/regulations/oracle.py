"""An independent day-by-day reckoning: no import of the rules, the calendar from chinesecalendar."""

import datetime as dt

import chinese_calendar

ONE = dt.timedelta(1)


def is_workday(day: dt.date) -> bool:
    return chinese_calendar.is_workday(day)


def months_later(day: dt.date, months: int) -> dt.date:
    year, month = day.year, day.month
    for _ in range(months):
        month += 1
        if month > 12:
            year, month = year + 1, 1
    wanted = day.day
    while True:
        try:
            return dt.date(year, month, wanted)
        except ValueError:
            wanted -= 1


def rolled(day: dt.date) -> dt.date:
    while not is_workday(day):
        day += ONE
    return day


def workdays_later(day: dt.date, count: int) -> dt.date:
    while count:
        day += ONE
        count -= is_workday(day)
    return day
