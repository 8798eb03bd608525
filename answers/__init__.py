"""The question in, the answer out, in one language: plain text, tables, citations, files."""
