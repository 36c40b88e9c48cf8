"""How much of a workbook is taken, in figures. Each is far above what a filled-in questionnaire comes to."""

MEGABYTE = 1024 * 1024
MOST_BYTES = 5 * MEGABYTE
MOST_UNPACKED = 10 * MEGABYTE  # the longest answers in the widest letters come to half of it
MOST_PARTS = 300
MOST_SHEETS = 30
MOST_ROWS = 500
MOST_COLUMNS = 300
MOST_ELEMENTS = 50_000  # ours has about 5,400; so many take a second to read
MOST_ATTRIBUTES = 300_000
MOST_BREAKS = 700_000  # tags, line ends and escaped letters: the parser hands over what stands between each two
MOST_NUMBER_FORMATS = 1000  # Excel allows 250
DEEPEST = 60
LONGEST_FORMULA = 8192  # Excel's own
LONGEST_NUMBER_FORMAT = 255  # Excel's own
LONGEST_TEXT = 250_000  # a cell of Excel holds 32,767 letters, each at most seven as they stand in the file
LONGEST_NUMBER = 64  # Excel writes 24 characters at most
LONGEST_TAG = MEGABYTE // 4  # in bytes
