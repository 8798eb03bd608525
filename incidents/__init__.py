"""The domain: what an incident is, which ones a reader selects, and how they are counted.

Imports nothing else of this project and no Streamlit.
"""
