"""Any published report read: its paragraphs and tables, and what its sentences claim."""
