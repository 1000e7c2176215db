"""量纪平衡 (mechanism 15): one ruler beside every proposed outcome, read from the outcomes of like cases.

``alike`` says what makes two matters alike, ``band`` is the arithmetic without a database, ``ladder`` reads the flat table that
``counting`` writes, ``fairness`` looks at the subjects of one case side by side, ``drawing`` makes the picture.
"""
