"""Fills an entry template as a person would: template, result, rows as JSON on the command line.

Prints the rules that the form checks, one a line: range, type, prompt.
"""

import json
import sys
from datetime import date

from openpyxl import load_workbook

template, result, rows = sys.argv[1:]
book = load_workbook(template)
form = book.worksheets[0]
first = form.max_row + 1
for place, cells in enumerate(json.loads(rows)):
    for letter, value in cells.items():
        cell = form[f"{letter}{first + place}"]
        cell.value = date.fromisoformat(value) if letter == "D" else value
        cell.data_type = "s" if letter in "ABCFGHI" else cell.data_type
book.save(result)
rules = form.data_validations.dataValidation
print(json.dumps([[str(rule.sqref), rule.type, rule.prompt] for rule in rules]))
