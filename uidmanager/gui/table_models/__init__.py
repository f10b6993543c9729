"""The models behind the tables. Order and filter are made here, not in a proxy.

A proxy compares through Qt's own types, which hold no number of more than 64 bits, and takes seconds for what Python
sorts in tenths (docs/decisions).
"""

from uidmanager.gui.table_models.base import Column, TableModel
from uidmanager.gui.table_models.records import RecordTableModel, Stock

__all__ = ["Column", "RecordTableModel", "Stock", "TableModel"]
