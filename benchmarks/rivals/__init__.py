"""What else somebody would take: each page is written as its library's own documentation does."""
