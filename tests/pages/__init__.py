"""Article pages written by us in the shape of real templates, with what must come out of each."""
