"""Who and what a text names: people, bodies, states and outlets, and the words that bring them in."""
