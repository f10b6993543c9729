"""Reading spreadsheets that are taken over: CSV, TSV and XLSX, every cell as text, nothing run, memory bounded.

Workbooks are read from their XML, as it was stored: what a number format, a formula, a merged cell or a hidden row
tells of a cell is told by no reader that hands over values only, nor how large a sheet is before it is in memory.
"""
