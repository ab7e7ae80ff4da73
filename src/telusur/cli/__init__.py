"""The commands: one thin function each, which reads what the user named, asks a room, and prints or writes.

Floor 6. Its door is `telusur.cli.main.main`. Exit codes and forms are those of contracts.md, section 0.
"""
