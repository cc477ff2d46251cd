"""`python -m juesuan`, where the command itself is not on the path."""

from juesuan.cli import main

main()
