"""How much of a stranger's file is read: enough for any report, too little to choke on."""

LARGEST_FILE = 200 << 20
LARGEST_INSIDE = 40 << 20
LARGEST_TEXT = 4 << 20
MOST_PAGES = 2_000
MOST_TAGS = 150_000
LONGEST_PARAGRAPH = 20_000
MOST_PARAGRAPHS = 20_000
MOST_CELLS = 500
