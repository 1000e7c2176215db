"""The case file volume: catalogue, documents, evidence, ledger extract, and a program that checks it without wenze.

``writer`` writes the archive, ``papers`` and ``ledger`` say what goes into it, ``compose`` puts it together, ``handing_out``
is the use-case; ``verify`` goes into every volume as it stands and must run with Python 3.8 alone.
"""
