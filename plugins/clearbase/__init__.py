"""Clearbase (清底): employers' rosters read, checked, matched, kept in a ledger; the warehouse is derived from it."""
