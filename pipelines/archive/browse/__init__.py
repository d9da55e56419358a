"""What each page of the reading room shows: plain dictionaries read from the archive, no HTML, no Datasette."""
