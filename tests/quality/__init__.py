"""How good extraction is, in figures: a gate with pinned floors, and a table beside other tools (`make quality`)."""
