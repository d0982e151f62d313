"""For whom somebody speaks: the parties that a text names, and the choice among them."""
