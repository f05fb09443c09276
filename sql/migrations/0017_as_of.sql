-- Who worked where on a day, as it was known at a moment: each is one predicate on plain columns, so that the planner sees through
-- the function and uses the table's indexes.
CREATE FUNCTION warehouse.employment_as_of(on_day date, known_at timestamptz DEFAULT 'infinity')
RETURNS SETOF warehouse.fact_employment LANGUAGE sql STABLE AS $$
    SELECT * FROM warehouse.fact_employment
    WHERE valid_from <= on_day AND valid_to > on_day
      AND known_from <= known_at AND (known_to > known_at OR known_to = 'infinity' AND known_at = 'infinity')
$$;
COMMENT ON FUNCTION warehouse.employment_as_of(date, timestamptz) IS
    'Spells of employment that cover a day, as they were believed at a moment (default: as they are believed now)';

CREATE FUNCTION warehouse.residence_as_of(on_day date, known_at timestamptz DEFAULT 'infinity')
RETURNS SETOF warehouse.fact_residence LANGUAGE sql STABLE AS $$
    SELECT * FROM warehouse.fact_residence
    WHERE valid_from <= on_day AND valid_to > on_day
      AND known_from <= known_at AND (known_to > known_at OR known_to = 'infinity' AND known_at = 'infinity')
$$;
COMMENT ON FUNCTION warehouse.residence_as_of(date, timestamptz) IS
    'Spells of registered residence that cover a day, as they were believed at a moment (default: as they are believed now)';

CREATE FUNCTION warehouse.employer_as_of(known_at timestamptz DEFAULT 'infinity')
RETURNS SETOF warehouse.dim_employer LANGUAGE sql STABLE AS $$
    SELECT * FROM warehouse.dim_employer
    WHERE known_from <= known_at AND (known_to > known_at OR known_to = 'infinity' AND known_at = 'infinity')
$$;
COMMENT ON FUNCTION warehouse.employer_as_of(timestamptz) IS 'Employers by the name and street under which they were known at a moment (default: now)';

GRANT EXECUTE ON FUNCTION warehouse.employment_as_of(date, timestamptz), warehouse.residence_as_of(date, timestamptz),
    warehouse.employer_as_of(timestamptz) TO clearbase_loader;
