-- What deriving one employer has left, so that another can be derived in the same transaction.
TRUNCATE affected, covered, named_spell, doubtful_line, derived_spell, told_party, derived_posting;
