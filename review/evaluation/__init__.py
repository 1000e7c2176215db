"""案件质量评查: the indicators as data, the automatic rules that read a finished case again, and the reckoning.

What a rule costs, and whether it vetoes, stands in the data (``indicators``).
"""
