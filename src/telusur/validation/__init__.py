"""Validation: how far the weights can be trusted, measured on authors that were never fitted on.

Beside the floors: may use all below the office, and is used by the cli and ``make bench`` alone. Door: `validating`
(the whole protocol on anyone's table, `table`) and `report` (its files); `metrics` (pure functions on weights in bans),
`intervals` (the same, drawn by author) and `pan` (the measures of evaluation campaigns); `protocol` (settings,
histories, windows and impostors), `study` and `weighing` (its comparisons, laid out and weighed); `peers` (plain
methods that the bench holds the model against).
"""
