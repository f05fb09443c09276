-- Of whom something is believed or was: of nobody else is there anything to close, nor to keep on with. Asked once, for each
-- question costs a look a person (LIMIT and OFFSET: a look into the index each, whatever the planner takes the size of the
-- table to be; a base that fills up is larger than its statistics say). Whoever has a spell, a street or a match state has a row in the dimension too.
INSERT INTO known_person (person_id)
SELECT a.person_id FROM affected AS a
WHERE EXISTS (SELECT FROM warehouse.dim_person AS p WHERE p.person_id = a.person_id LIMIT 1 OFFSET 0);
