"""The trained finder: windows of word pieces, the network's scores, and the attributions that they make."""
