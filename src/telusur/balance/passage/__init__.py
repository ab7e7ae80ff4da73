"""Whether a step of the funnel lets one group pass more often than others, like compared with like.

Door: `design.comparable` chooses what is compared, `test.of` tests one step, `adjusting.holm` joins the steps.
"""
