ANALYZE person_employment, person_residence;
