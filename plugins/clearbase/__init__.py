"""Clearbase (清底): employers' rosters read, checked, matched and kept in a ledger from which a warehouse is derived."""
