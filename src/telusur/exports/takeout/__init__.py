"""Google Takeout: the account's access log and devices, and what was written or liked on YouTube."""
