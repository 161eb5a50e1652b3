"""Reads column A of a workbook with openpyxl and prints a JSON list: row, kind, text."""

import json
import sys
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from openpyxl import load_workbook
from openpyxl.utils.escape import unescape


def clock(seconds):
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def told(value):
    if isinstance(value, bool):
        return "boolean", "true" if value else "false"
    if isinstance(value, (int, float)):
        plain = format(Decimal(repr(value)), "f")
        plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
        return "number", "0" if plain in ("-0", "") else plain
    if isinstance(value, datetime):
        day = value.date().isoformat()
        hour = value.time().isoformat()
        return "date", day if hour == "00:00:00" else f"{day} {hour}"
    if isinstance(value, date):
        return "date", value.isoformat()
    if isinstance(value, time):
        return "time", value.isoformat()
    if isinstance(value, timedelta):
        return "time", clock(round(value.total_seconds()))
    return "text", unescape(value)


sheet = load_workbook(sys.argv[1], data_only=True).worksheets[0]
cells = [(cell.row, *told(cell.value)) for cell in sheet["A"] if cell.value is not None]
json.dump(cells, sys.stdout)
