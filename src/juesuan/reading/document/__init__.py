"""Any published file as blocks: paragraphs and tables, each with its place."""

from juesuan.reading.document.model import Block, Document, Paragraph, Place, Table
from juesuan.reading.document.read import ENDINGS, read_document

__all__ = ["ENDINGS", "Block", "Document", "Paragraph", "Place", "Table", "read_document"]
