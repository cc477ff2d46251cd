"""The document that Word files take their look from is the one that its maker makes."""

import runpy

from juesuan.paths import find_root


def test_the_reference_document_is_what_its_maker_makes():
    folder = find_root() / "report/word"
    made = runpy.run_path(str(folder / "make_reference.py"))["make"]()
    assert (folder / "reference.docx").read_bytes() == made, "run report/word/make_reference.py"
