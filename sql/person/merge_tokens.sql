-- All numbers of who goes, also those that no line bears yet.
UPDATE identity.person_token SET person_id = :keep WHERE person_id = :gone;
