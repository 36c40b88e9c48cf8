"""Pure: the formulas of the sheet Arithmetic, which round as `round_score` does: half up, in whole numbers.

A score has one decimal, so a sum times ten is whole, and so is everything below: no digit is lost in the division.
"""


def area_score(total: str, count: str) -> str:
    """The mean of `count` scores that add up to `total`, in hundredths: ⌊(20 · 10·total + count) ÷ (2 · count)⌋."""
    return f'=IF({count}=0,"",INT((20*ROUND(10*{total},0)+{count})/(2*{count}))/100)'


def mean(total: str, count: str, least: int = 1) -> str:
    """The mean as far as a spreadsheet carries it."""
    return f'=IF({count}<{least},"",{total}/{count})'


def common_denominator(counts: str, scores: str, needed: int) -> str:
    """A number that every count divides; nothing while one of the areas needed has no score."""
    return f'=IF(COUNT({scores})<{needed},"",PRODUCT({counts}))'


def tenths_over(denominator: str, totals: str, counts: str) -> str:
    """The five means added up, in tenths over the common denominator."""
    return f'=IF({denominator}="","",SUMPRODUCT(ROUND(10*{totals},0)*{denominator}/{counts}))'


def overall(tenths: str, denominator: str) -> str:
    """The mean of five such means in hundredths: ⌊(4 · tenths + denominator) ÷ (2 · denominator)⌋."""
    return f'=IF({denominator}="","",INT((4*{tenths}+{denominator})/(2*{denominator}))/100)'


def spread(scores: str, needed: int) -> str:
    """Highest minus lowest as shown; both have two decimals, so nothing is a half here."""
    return f'=IF(COUNT({scores})<{needed},"",ROUND(MAX({scores})-MIN({scores}),2))'


def at_or_above(own: str, others: str) -> str:
    """How many of the others are not higher; an empty cell is nobody."""
    return f'=IF({own}="","",SUMPRODUCT(ISNUMBER({others})*({others}<={own})))'
