-- What the warehouse rests on a submission: persons it names, spells that it begins or that it names last.
SELECT (SELECT count(DISTINCT person_id) FROM identity.line_person
        WHERE line_id BETWEEN CAST(:submission_id AS bigint) * 16777216 AND CAST(:submission_id AS bigint) * 16777216 + 16777215) AS persons,
       (SELECT count(*) FROM warehouse.spell_state
        WHERE employer_uscc = (SELECT employer_uscc FROM ledger.submission WHERE submission_id = :submission_id)
          AND first_line_id BETWEEN CAST(:submission_id AS bigint) * 16777216 AND (CAST(:submission_id AS bigint) + 1) * 16777216) AS spells_begun,
       (SELECT count(*) FROM warehouse.spell_state
        WHERE employer_uscc = (SELECT employer_uscc FROM ledger.submission WHERE submission_id = :submission_id)
          AND last_line_id BETWEEN CAST(:submission_id AS bigint) * 16777216 AND (CAST(:submission_id AS bigint) + 1) * 16777216) AS spells_named_last;
