"""Any published file as blocks: paragraphs and tables, each with its place."""

from juesuan.audit.document.model import Block, Document, Paragraph, Place, Table
from juesuan.audit.document.read import ENDINGS, read_document

__all__ = ["ENDINGS", "Block", "Document", "Paragraph", "Place", "Table", "read_document"]
