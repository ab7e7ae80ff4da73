"""The archive that X (formerly Twitter) gives to an account's owner: ``data/*.js`` in a zip or folder."""
