"""TikTok's data files: one JSON document or a folder of texts, in several generations."""
