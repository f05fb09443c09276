"""The stages, each one function of (settings, database, batch id), and the run over all of them."""
