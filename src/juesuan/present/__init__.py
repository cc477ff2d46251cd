"""Facts become things that can be shown: sentences, tables, charts, and the one door through which they are shown."""
