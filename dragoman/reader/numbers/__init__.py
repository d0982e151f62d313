"""Numbers in running text, English and Arabic, and what each of them counts."""
