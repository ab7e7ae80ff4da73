"""Validation: how far the weights can be trusted, measured on authors that were never fitted on.

Beside the floors: may use all below the office, and is used by the cli and ``make bench`` alone. Door: `metrics` (pure
functions on weights in bans), `protocol` (histories, windows and impostors; takeovers), `peers` (plain methods that the
model is held against).
"""
