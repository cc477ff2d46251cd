"""A stranger's document or workbook becomes a folder of `data/`: each cell with its origin, nothing invented."""

from juesuan.ingest.importing import Imported, YearMismatchError, import_document

__all__ = ["Imported", "YearMismatchError", "import_document"]
