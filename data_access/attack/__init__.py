"""The intruder: what anybody can work out from everything that was published.

It reads release folders and exported files and nothing else, and shares no code with what protects a release:
not the list of tables, not the masks, not the reasons.
"""
