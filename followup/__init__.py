"""After the decision: execution, tracking, visits, influence periods (mechanisms 18, 21, 22).

The decision's duties (条例第十三条) become execution items with terms and proof; the commission that decided plans
and holds the visits (谁问责谁回访); influence periods run to the day.
"""
