"""Coded statements -> discourse networks: who stands with whom, over what, and since when.

    choices = Choices(network="onemode", aggregation="congruence", normalization="average")
    for network in networks(coded, choices): …

`coded` holds statements as columns, `choices` the settings, `matrices` one network, `windows` networks over time;
`communities`, `centralities`, `polarisation`, `backbone` and `certainty` say what a network is like.
Flavour "as-dna" reproduces Discourse Network Analyzer 3.1; "corrected", the default, mends what is questionable there.
"""

from dragoman.analysis.networks.choices import Choices
from dragoman.analysis.networks.coded import Chosen, Coded, Column, choose
from dragoman.analysis.networks.matrices import Network, network_of
from dragoman.analysis.networks.windows import networks

__all__ = ["Choices", "Chosen", "Coded", "Column", "Network", "choose", "network_of", "networks"]
