"""Draw random processes and count what is wrong with each picture, read from the SVG alone.

python bench/drawings.py [FIRST:LAST]      by default 0:600
"""
