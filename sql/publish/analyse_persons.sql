ANALYZE derived_person, derived_street;
