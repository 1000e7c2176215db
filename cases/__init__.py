"""The case: from the clue to the decision (mechanisms 4-11, 15, 16 of the mission).

Here stand the clue and its verification, the threshold test (问责条例第七条), the case with its subjects, the four
facts on evidence, the trail of power, the attribution of responsibility (第六条), the meeting on the facts (第十一条),
the report, the deliberation and the decision (第十二条). ``procedure.py`` is the table; begin there.
"""
