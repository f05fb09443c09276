UPDATE intake.submission AS s SET file_name_sealed = a.sealed FROM sealed_anew AS a WHERE s.submission_id = a.id;
