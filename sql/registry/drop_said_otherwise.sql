-- Of records that the extract lists twice under one number of the registry the last holds: two would be two versions, both current.
-- Before what is known is left out, so that the same extract, loaded again, holds the same.
DELETE FROM incoming AS i
USING incoming AS later
WHERE later.registry_no = i.registry_no AND later.record_id > i.record_id;
