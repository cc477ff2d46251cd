"""juesuan (决算): a Chinese office's yearly accounts become its published report and a site that compares them."""

__version__ = "0.1.0"
