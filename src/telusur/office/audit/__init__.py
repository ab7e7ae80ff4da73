"""Whether this office is even-handed: an audit of its own cases, and what of it the public gets.

What an audit needs and no decision may see (`tables.AuditFacts`) is written by whoever takes a case in, is read by
`extract` alone, and stands on no page: pages show counts by opaque code, under the rules of `telusur.balance.release`.
"""
