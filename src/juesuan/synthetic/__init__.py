"""Made-up accounts of a county that does not exist: valid by every check, of any size, the same for the same seed."""

from juesuan.synthetic.county import make_county, read_years
from juesuan.synthetic.demo import make_demo
from juesuan.synthetic.offices import MOST_OFFICES

__all__ = ["MOST_OFFICES", "make_county", "make_demo", "read_years"]
