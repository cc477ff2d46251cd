"""How much of a stranger's workbook is read: more than any set of official tables, too little to choke on."""

LARGEST_WORKBOOK = 20 << 20
LARGEST_UNPACKED = 40 << 20
MOST_MEMBERS = 400
MOST_SHEETS = 60
MOST_ROWS = 3_000
MOST_COLUMNS = 120
LONGEST_CELL = 500
OFFICE_SECONDS = 60
