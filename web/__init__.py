"""The same answers over plain HTTP: an API, light pages, feeds, embeds, and headers.

Nothing here words a sentence or computes a number. Texts are plain: templates escape them.
"""
