"""Anyone's report recounted: what it claims wrongly, what the right number is, how much of it was checked."""

from juesuan.audit.audit import Audited, Coverage, audit_document, audited_record

__all__ = ["Audited", "Coverage", "audit_document", "audited_record"]
