"""python3-xlsxwriter, a row at a time, and nothing else: `bare-xlsxwriter.py ROWS.jsonl FILE.xlsx`."""

import json
import sys

import xlsxwriter

source, target = sys.argv[1:]
as_they_are = {"strings_to_formulas": False, "strings_to_urls": False}
workbook = xlsxwriter.Workbook(target, {"constant_memory": True, **as_they_are})
sheet = workbook.add_worksheet("Dépenses")
with open(source, encoding="utf-8") as lines:
    for number, line in enumerate(lines):
        sheet.write_row(number, 0, json.loads(line))
workbook.close()
