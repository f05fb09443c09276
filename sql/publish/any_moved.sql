SELECT EXISTS (SELECT FROM met WHERE (was, candidate_was) IS DISTINCT FROM (person_id, candidate_person_id));
