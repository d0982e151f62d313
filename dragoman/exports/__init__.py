"""Reading or Table -> what leaves the house: articles, pictures, briefs, interchange files. No prompts, no pages."""
